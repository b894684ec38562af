// SPDX-License-Identifier: GPL-2.0-only
#include "glob.h"

#include <string.h>

bool glob_match(const char *glob, const char *path)
{
	for (; *glob; glob++, path++) {
		if (glob[0] == '*' && glob[1] == '*') {
			glob += 2;
			if (*glob == '/' && glob_match(glob + 1, path))
				return true;
			for (;; path++) {
				if (glob_match(glob, path))
					return true;
				if (!*path)
					return false;
			}
		}
		if (*glob == '*') {
			for (;; path++) {
				if (glob_match(glob + 1, path))
					return true;
				if (!*path || *path == '/')
					return false;
			}
		}
		if (*glob == '?' ? !*path || *path == '/' : *glob != *path)
			return false;
	}
	return !*path;
}

bool glob_is(const char *name)
{
	return strpbrk(name, "*?") != NULL;
}

bool glob_may_match_below(const char *glob, const char *dir)
{
	while (*dir) {
		size_t glob_len = strcspn(glob, "/"), dir_len = strcspn(dir, "/");

		if (glob[0] == '*' && glob[1] == '*')
			return true;
		if (memchr(glob, '*', glob_len) || memchr(glob, '?', glob_len))
			return true;
		if (glob_len != dir_len || strncmp(glob, dir, dir_len))
			return false;
		glob += glob_len;
		dir += dir_len;
		if (*dir == '/')
			dir++;
		if (*glob != '/')
			return false;
		glob++;
	}
	return true;
}
