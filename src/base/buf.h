/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A growing run of bytes with a maximum that is given when it is made, for
 * text that is put together and for foreign bytes.  The bytes are always
 * followed by a NUL that is not counted.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "err.h"

struct buf {
	char *p; /* never NULL after a buf_add*() */
	size_t len, cap;
	size_t max; /* bytes; what goes past it is dropped */
	bool over;  /* something was dropped */
};

#define BUF_INIT                            \
	{                                   \
		NULL, 0, 0, SIZE_MAX, false \
	}
#define BUF_INIT_MAX(max)                \
	{                                \
		NULL, 0, 0, (max), false \
	}

void buf_add(struct buf *buf, const void *p, size_t n);
void buf_adds(struct buf *buf, const char *s);
void buf_addc(struct buf *buf, char c);
void buf_addf(struct buf *buf, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Forget the bytes, keep the memory. */
void buf_clear(struct buf *buf);

/* Free the memory; the buffer can be used again. */
void buf_release(struct buf *buf);

/* The bytes as a string that the caller frees; the buffer is empty after it. */
char *buf_detach(struct buf *buf);

/*
 * Read a whole file, at most buf->max bytes.  A larger one, one that is not a
 * regular file (other than "-": standard input) or an error: -1.
 */
int buf_read_file(struct buf *buf, const char *path, struct err *err)
	__attribute__((warn_unused_result));

/*
 * Write a file through a temporary name beside it, so that it is whole or as it
 * was.  Links are followed; devices and pipes are written to, not replaced.
 */
int file_write(const char *path, const void *p, size_t n, struct err *err)
	__attribute__((warn_unused_result));

/*
 * The same through the name TMP in the same directory, which one that was killed
 * may have left there; for who is the only one to write PATH.  What is at PATH is
 * replaced.
 */
int file_write_through(const char *path, const char *tmp, const void *p, size_t n, struct err *err)
	__attribute__((warn_unused_result));

/* Make a directory with its parents; one that is there is fine. */
int make_dirs(const char *path, struct err *err) __attribute__((warn_unused_result));

#endif
