/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

/* Exit statuses of every command; see icrfix(1). */
enum status {
	STATUS_OK = 0,         /* looked at everything, nothing to report */
	STATUS_FINDINGS = 1,   /* findings, or a branch that needs a human */
	STATUS_USAGE = 2,      /* wrong use or bad input */
	STATUS_INCOMPLETE = 3, /* something could not be analysed */
	STATUS_TEMPFAIL = 75,  /* network, try again (EX_TEMPFAIL) */
};

#endif
