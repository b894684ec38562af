// SPDX-License-Identifier: GPL-2.0-only
/* The command table, global options, exit status. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/mem.h"
#include "cmd/cmd.h"

static const struct command *const commands[] = {
	&cmd_scan, &cmd_lint, &cmd_review, &cmd_watch, &cmd_backport, &cmd_pull, &cmd_rules,
};

static void help_overview(struct buf *out)
{
	buf_adds(out,
		 "usage: icrfix [options] COMMAND [options] [arguments]\n\n"
		 "Find the open-coded ICR2/ICR splits and 32-bit vICR reads of KVM's local APIC,\n"
		 "and carry the refactors that mend them to stable branches.\n\nCommands:\n");
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
		buf_addf(out, "  %-12s %s\n", commands[i]->name, commands[i]->summary);
	buf_adds(out, "\nOptions of all commands:\n");
	opt_help(global_options, NULL, out);
	buf_adds(out,
		 "\nExit status: 0 nothing to report, 1 findings or a branch that needs a human,\n"
		 "2 wrong use or bad input, 3 something could not be analysed.\n"
		 "'icrfix COMMAND --help' shows the options of a command.\n");
}

static void help_command(const struct command *cmd, struct buf *out)
{
	buf_addf(out, "usage: icrfix %s %s\n\n%s\n\nOptions:\n", cmd->name, cmd->usage, cmd->text);
	opt_help(cmd->options, NULL, out);
	if (cmd->formats)
		buf_addf(out, "\nFormats of the report: %s.\n", cmd->formats);
	buf_adds(out, "\nOptions of all commands:\n");
	opt_help(global_options, cmd->options, out);
}

static int print(struct buf *out, struct err *err)
{
	int rc = app_print(out, err);

	buf_release(out);
	return rc;
}

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
		if (!strcmp(commands[i]->name, name))
			return commands[i];
	return NULL;
}

static int run_command(struct app *app, int argc, char **argv, struct err *err)
{
	const struct command *cmd = app->command;
	void *values = xcalloc(1, cmd->values_size);
	const struct opt *tables[] = { cmd->options, global_options };
	void *const targets[] = { values, &app->globals };
	struct opt_parse parse = { tables, targets, 2, false, -1 };
	struct buf out = BUF_INIT;
	int rc = opt_parse(&parse, &argc, argv, err);

	app->dashdash = parse.dashdash;
	if (!rc && app->globals.help) {
		help_command(cmd, &out);
		rc = print(&out, err);
	} else if (!rc) {
		if (app->globals.dir && chdir(app->globals.dir))
			rc = err_set(err, "cannot change to %s: %s", app->globals.dir,
				     strerror(errno));
		if (!rc)
			rc = app_check_config(app, err);
		if (!rc)
			rc = app_check_formats(app, err);
		if (!rc)
			rc = cmd->run(app, values, argc, argv, err);
	}
	if (cmd->release)
		cmd->release(values);
	free(values);
	return rc;
}

static int run(struct app *app, int argc, char **argv, struct err *err)
{
	const struct opt *tables[] = { global_options };
	void *const targets[] = { &app->globals };
	struct opt_parse parse = { tables, targets, 1, true, -1 };
	struct buf out = BUF_INIT;

	argc--;
	argv++;
	if (opt_parse(&parse, &argc, argv, err))
		return -1;
	if (app->globals.version) {
		buf_adds(&out, "icrfix " ICRFIX_VERSION "\n");
		return print(&out, err);
	}
	if (!argc || !strcmp(argv[0], "help")) {
		if (argc > 1 && !find_command(argv[1]))
			return err_set(err, "'%s' is no command; 'icrfix help' lists them",
				       argv[1]);
		if (argc > 1)
			help_command(find_command(argv[1]), &out);
		else
			help_overview(&out);
		if (argc || app->globals.help)
			return print(&out, err);
		fputs(out.p, stderr);
		buf_release(&out);
		return STATUS_USAGE;
	}
	app->command = find_command(argv[0]);
	if (!app->command)
		return err_set(err, "'%s' is no command; 'icrfix help' lists them", argv[0]);
	return run_command(app, argc - 1, argv + 1, err);
}

int main(int argc, char **argv)
{
	struct app app = { .dashdash = -1 };
	struct err err = ERR_INIT;
	int rc;

	cleanup_install();
	repo_init();
	rc = run(&app, argc, argv, &err);
	if (rc < 0) {
		app_error("%s", err.text);
		rc = err.status ? (int)err.status : STATUS_USAGE;
	}
	app_release(&app);
	err_release(&err);
	repo_exit();
	cleanup_run();
	return rc;
}
