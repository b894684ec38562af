# SPDX-License-Identifier: GPL-2.0-only
#
# make             build ./icrfix
# make demo        the main job on a small tree, set-up included
# make test        unit and command-line tests, set-up included
# make test-kernel acceptance on real kernel trees (fetched once), pages in a real browser
# make bench       figures beside those of the peers
# make fuzz        each parser of mail for FUZZ_SECONDS (600)
# make check       format, layers, banned functions, static analysis
# make install     PREFIX=/usr/local DESTDIR=
#
# V=1 shows the commands; DEV=1 turns warnings into errors; SANITIZE=address,undefined builds with them.

VERSION = 0.1
PREFIX ?= /usr/local
BUILD ?= build
FUZZ_SECONDS ?= 600
CC ?= gcc
PKG_CONFIG ?= pkg-config

Q = $(if $(V),,@)
SAY = $(if $(V),@:,@printf '  %-7s %s\n')

PKGS = libgit2 libcurl jansson gmime-3.0 sqlite3 libseccomp zlib

CFLAGS ?= -O2 -g
WARN = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wwrite-strings \
	-Wpointer-arith -Wundef
ifdef DEV
WARN += -Werror
endif
ifdef SANITIZE
CFLAGS += -fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer
LDFLAGS += -fsanitize=$(SANITIZE)
endif

ALL_CFLAGS = -std=gnu11 -D_GNU_SOURCE -pthread -Isrc $(WARN) $(CFLAGS) \
	-DICRFIX_VERSION='"$(VERSION)"' \
	$(shell $(PKG_CONFIG) --cflags $(PKGS) 2>/dev/null)
LIBS = $(shell $(PKG_CONFIG) --libs $(PKGS) 2>/dev/null) -lm

SRC = $(sort $(wildcard src/*/*.c))
OBJ = $(SRC:src/%.c=$(BUILD)/%.o)
UNIT = $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(sort $(wildcard tests/unit/*.c)))

all: icrfix

# A clear word about what is missing, before the compiler's many.
$(BUILD)/deps-ok:
	@mkdir -p $(BUILD)
	@tools/check-deps $(PKG_CONFIG) $(PKGS)
	@touch $@

icrfix: $(BUILD)/main.o $(BUILD)/libicrfix.a
	$(SAY) LINK $@
	$(Q)$(CC) $(LDFLAGS) -pthread -o $@ $^ $(LIBS)

$(BUILD)/libicrfix.a: $(OBJ)
	$(SAY) AR $@
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/%.o: src/%.c $(BUILD)/deps-ok $(BUILD)/flags
	@mkdir -p $(@D)
	$(SAY) CC $<
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Other flags are another build.
$(BUILD)/flags: FORCE
	@mkdir -p $(BUILD)
	@echo '$(CC) $(subst ','\'',$(ALL_CFLAGS)) $(LDFLAGS)' | cmp -s - $@ || \
		echo '$(CC) $(subst ','\'',$(ALL_CFLAGS)) $(LDFLAGS)' > $@

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libicrfix.a
	@mkdir -p $(@D)
	$(SAY) CC $<
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -o $@ $< $(BUILD)/libicrfix.a $(LDFLAGS) $(LIBS) -lcmocka

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

setup:
	@tools/setup build run

demo: setup
	@$(MAKE) --no-print-directory -s icrfix
	@ICRFIX=$(CURDIR)/icrfix tests/demo.sh

test: setup
	@tools/setup test
	@$(MAKE) --no-print-directory test-built

test-built: icrfix $(UNIT)
	tests/run-units $(UNIT)
	ICRFIX=$(CURDIR)/icrfix prove -j2 $(PROVE_FLAGS) tests/cli

unit: icrfix $(UNIT)
	tests/run-units $(UNIT)

test-kernel: setup
	@tools/setup test kernel browser
	@$(MAKE) --no-print-directory icrfix
	ICRFIX=$(CURDIR)/icrfix prove $(PROVE_FLAGS) -v tests/kernels.t tests/apply.t
	ICRFIX_NEED_BROWSER=1 ICRFIX=$(CURDIR)/icrfix prove $(PROVE_FLAGS) tests/cli/review-html.t

bench: setup
	@tools/setup test kernel bench
	@$(MAKE) --no-print-directory icrfix
	@missed=0; for bench in run lint pull; do \
		ICRFIX=$(CURDIR)/icrfix tests/bench/$$bench || missed=1; done; exit $$missed

fuzz: setup
	@tools/setup fuzz
	tests/fuzz/run $(FUZZ_SECONDS)

check: setup
	@tools/setup lint
	@tools/check

install: icrfix
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/icrfix
	install icrfix $(DESTDIR)$(PREFIX)/bin
	cp -r rules cocci $(DESTDIR)$(PREFIX)/share/icrfix
	install -d $(DESTDIR)$(PREFIX)/share/icrfix/tests
	cp -r tests/cocci $(DESTDIR)$(PREFIX)/share/icrfix/tests

clean:
	rm -rf $(BUILD) icrfix

FORCE:
.PHONY: all setup demo test test-built unit test-kernel bench fuzz check install clean FORCE
.DELETE_ON_ERROR:
