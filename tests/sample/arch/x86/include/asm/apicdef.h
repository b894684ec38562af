/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ASM_X86_APICDEF_H
#define _ASM_X86_APICDEF_H

#define	APIC_ID		0x20
#define	APIC_EOI	0xB0
#define	APIC_DFR	0xE0
#define	APIC_ICR	0x300
#define	APIC_ICR2	0x310

#define APIC_BASE_MSR	0x800

#endif
