/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __KVM_X86_LAPIC_H
#define __KVM_X86_LAPIC_H

#include <asm/apicdef.h>

typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;

struct kvm_lapic {
	u32 page[0x1000 / sizeof(u32)];
	int x2apic;
	unsigned int sent;
};

struct kvm_vcpu {
	struct {
		struct kvm_lapic *apic;
	} arch;
};

static inline int apic_x2apic_mode(struct kvm_lapic *apic)
{
	return apic->x2apic;
}

static inline u32 kvm_lapic_get_reg(struct kvm_lapic *apic, int where)
{
	return apic->page[where / sizeof(u32)];
}

static inline void kvm_lapic_set_reg(struct kvm_lapic *apic, int where, u32 val)
{
	apic->page[where / sizeof(u32)] = val;
}

int kvm_lapic_reg_read(struct kvm_lapic *apic, u32 offset, int len, void *data);
int kvm_lapic_reg_write(struct kvm_lapic *apic, u32 reg, u32 val);
void kvm_apic_send_ipi(struct kvm_lapic *apic, u32 icr_low, u32 icr_high);
void kvm_apic_write_nodecode(struct kvm_vcpu *vcpu, u32 offset);
int kvm_x2apic_msr_write(struct kvm_vcpu *vcpu, u32 msr, u64 data);
int kvm_x2apic_msr_read(struct kvm_vcpu *vcpu, u32 msr, u64 *data);
int kvm_hv_vapic_msr_write(struct kvm_vcpu *vcpu, u32 reg, u64 data);
int kvm_hv_vapic_msr_read(struct kvm_vcpu *vcpu, u32 reg, u64 *data);

#endif
