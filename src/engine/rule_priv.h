/* SPDX-License-Identifier: GPL-2.0-only */
/* What rule.c, refactor_file.c and pack.c share. */
#ifndef ENGINE_RULE_PRIV_H
#define ENGINE_RULE_PRIV_H

#include "rule.h"
#include "spec.h"

int rule_load(struct rule *rule, const char *dir, const char *file, struct err *err);
void rule_release(struct rule *rule);
int refactor_load(struct refactor *r, const char *dir, const char *file, struct err *err);
void refactor_release(struct refactor *r);
int terms_load(struct pack *pack, const char *file, struct err *err);
void term_release(struct term *term);

int check_id(const struct spec *spec, const char *id, struct err *err);
int read_tokens(const struct spec *spec, json_t *object, struct tokens *tokens, struct err *err);
int read_cocci(const struct spec *spec, const char *dir, const char *name, struct cocci *cocci,
	       struct err *err);
void tokens_release(struct tokens *tokens);
void cocci_release(struct cocci *cocci);

#endif
