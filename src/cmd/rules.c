// SPDX-License-Identifier: GPL-2.0-only
#include "cmd.h"
static const struct opt o[] = { { .type = OPT_END } };
static int r(struct app *a, void *v, int c, char **w, struct err *e) { (void)a;(void)v;(void)c;(void)w; return err_set(e,"todo"); }
const struct command cmd_rules = { .name="rules", .summary="x", .usage="", .text="", .formats="text", .options=o, .values_size=1, .run=r };
