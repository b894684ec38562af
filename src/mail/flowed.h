/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MAIL_FLOWED_H
#define MAIL_FLOWED_H

#include <stdbool.h>

#include "base/text.h"

/*
 * Undo format=flowed (RFC 3676): lines that end in a blank go on in the next
 * one of the same quote depth, and a stuffed blank is removed.  The signature
 * line stays.  Quote marks come out as they were but without blanks between.
 */
void flowed_decode(struct buf *out, struct span text, bool delsp);

#endif
