// SPDX-License-Identifier: GPL-2.0-only
#include "lore.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "archive.h"
#include "base/mem.h"
#include "gunzip.h"
#include "mbox.h"
#include "base/text.h"

struct lore {
	struct lore_options options;
	CURL *curl;
	bool redirected;  /* the request at hand follows a redirect */
	bool at_loopback; /* it may go to loopback: that was asked for */
	bool refused_address;
	bool paced;           /* the archive asked for patience once */
	bool shown;           /* a progress line stands on the terminal */
	struct timespec last; /* request */
};

/* One answer. */
struct answer {
	long status;
	long retry_after; /* seconds, 0: not told */
	char *redirect;   /* where to, NULL */
	bool html;
	CURLcode code;
	char text[CURL_ERROR_SIZE];
};

static void init_curl(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

struct lore *lore_open(const struct lore_options *options)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct lore *lore = xcalloc(1, sizeof(*lore));

	pthread_once(&once, init_curl);
	lore->options = *options;
	return lore;
}

void lore_close(struct lore *lore)
{
	if (!lore)
		return;
	if (lore->curl)
		curl_easy_cleanup(lore->curl);
	free(lore);
}

bool lore_is_temporary(enum lore_result result)
{
	return result >= LORE_RATE_LIMITED;
}

/* The host of a URL without brackets and port, in lower case; the caller frees it. */
static char *host_of(const char *url)
{
	const char *host = strstr(url, "://");
	size_t n;
	char *copy;

	host = host ? host + 3 : url;
	if (*host == '[') {
		host++;
		n = strcspn(host, "]");
	} else {
		n = strcspn(host, ":/?#");
	}
	copy = xstrndup(host, n);
	for (char *p = copy; *p; p++)
		*p = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
	return copy;
}

static bool loopback_v4(const unsigned char *a)
{
	return a[0] == 127 || a[0] == 0;
}

static bool loopback_v6(const struct in6_addr *a)
{
	if (IN6_IS_ADDR_V4MAPPED(a) || IN6_IS_ADDR_V4COMPAT(a))
		return loopback_v4(a->s6_addr + 12);
	return IN6_IS_ADDR_LOOPBACK(a) || IN6_IS_ADDR_UNSPECIFIED(a);
}

static bool is_loopback(const char *url)
{
	char *host = host_of(url);
	size_t n = strlen(host);
	struct in_addr v4;
	struct in6_addr v6;
	bool yes;

	if (inet_aton(host, &v4))
		yes = loopback_v4((unsigned char *)&v4);
	else if (inet_pton(AF_INET6, host, &v6) == 1)
		yes = loopback_v6(&v6);
	else
		yes = !strcmp(host, "localhost") || !strcmp(host, "localhost.") ||
		      (n > 10 && !strcmp(host + n - 10, ".localhost"));
	free(host);
	return yes;
}

static bool is_scheme(const char *url, const char *scheme)
{
	size_t n = strlen(scheme);

	return !strncasecmp(url, scheme, n) && !strncmp(url + n, "://", 3);
}

static bool may_fetch(const struct lore *lore, const char *url, struct err *err)
{
	if (is_scheme(url, "https"))
		return true;
	if (is_scheme(url, "http") && (lore->options.insecure_http || is_loopback(url)))
		return true;
	if (is_scheme(url, "http"))
		err_set(err, "%s: plain http is refused (--insecure-http allows it)", url);
	else
		err_set(err, "%s: not an https URL", url);
	return false;
}

static bool uses_proxy(void)
{
	static const char *const names[] = { "http_proxy", "https_proxy", "HTTPS_PROXY",
					     "all_proxy", "ALL_PROXY" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (getenv(names[i]) && *getenv(names[i]))
			return true;
	return false;
}

/* A name that leads to loopback is as bad as its address. */
static curl_socket_t open_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct lore *lore = ctx;
	const struct sockaddr *sa = &address->addr;
	bool loopback = false;

	(void)purpose;
	if (sa->sa_family == AF_INET)
		loopback = loopback_v4(
			(const unsigned char *)&((const struct sockaddr_in *)(const void *)sa)
				->sin_addr);
	else if (sa->sa_family == AF_INET6)
		loopback = loopback_v6(&((const struct sockaddr_in6 *)(const void *)sa)->sin6_addr);
	if (loopback && lore->redirected && !lore->at_loopback && !uses_proxy()) {
		lore->refused_address = true;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t take_bytes(char *p, size_t size, size_t n, void *ctx)
{
	struct buf *out = ctx;

	buf_add(out, p, size * n);
	return out->over ? 0 : size * n;
}

static int show_progress(void *ctx, curl_off_t total, curl_off_t now, curl_off_t up_total,
			 curl_off_t up)
{
	struct lore *lore = ctx;

	(void)total;
	(void)up_total;
	(void)up;
	fprintf(stderr, "\rfetching: %lld kB", (long long)now / 1024);
	lore->shown = true;
	return 0;
}

static void end_progress(struct lore *lore)
{
	if (lore->shown)
		fputs("\r\033[K", stderr);
	lore->shown = false;
}

static void set_limits(struct lore *lore, CURL *c)
{
	long timeout = lore->options.timeout > 0 ? lore->options.timeout : 30;

	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, timeout < 20 ? timeout : 20L);
	curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, timeout);
	curl_easy_setopt(c, CURLOPT_TIMEOUT, timeout * 10);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)LORE_MAX_TRANSFER);
	curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, lore);
}

static CURL *handle(struct lore *lore, const char *url, bool post, struct buf *body,
		    struct answer *a)
{
	if (!lore->curl)
		lore->curl = curl_easy_init();
	else
		curl_easy_reset(lore->curl);
	if (!lore->curl)
		return NULL;
	set_limits(lore, lore->curl);
	curl_easy_setopt(lore->curl, CURLOPT_URL, url);
	curl_easy_setopt(lore->curl, CURLOPT_USERAGENT, "icrfix/" ICRFIX_VERSION);
	curl_easy_setopt(lore->curl, CURLOPT_ERRORBUFFER, a->text);
	curl_easy_setopt(lore->curl, CURLOPT_WRITEFUNCTION, take_bytes);
	curl_easy_setopt(lore->curl, CURLOPT_WRITEDATA, body);
	if (post) {
		curl_easy_setopt(lore->curl, CURLOPT_POST, 1L);
		curl_easy_setopt(lore->curl, CURLOPT_POSTFIELDS, "");
		curl_easy_setopt(lore->curl, CURLOPT_POSTFIELDSIZE, 0L);
	}
	if (lore->options.progress) {
		curl_easy_setopt(lore->curl, CURLOPT_NOPROGRESS, 0L);
		curl_easy_setopt(lore->curl, CURLOPT_XFERINFOFUNCTION, show_progress);
		curl_easy_setopt(lore->curl, CURLOPT_XFERINFODATA, lore);
	}
	return lore->curl;
}

static void request(struct lore *lore, const char *url, bool post, struct buf *body,
		    struct answer *a)
{
	CURL *c = handle(lore, url, post, body, a);
	char *location = NULL, *type = NULL;
	curl_off_t wait = 0;

	lore->refused_address = false;
	buf_clear(body);
	if (!c) {
		a->code = CURLE_FAILED_INIT;
		return;
	}
	a->code = curl_easy_perform(c);
	end_progress(lore);
	clock_gettime(CLOCK_MONOTONIC, &lore->last);
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &a->status);
	curl_easy_getinfo(c, CURLINFO_RETRY_AFTER, &wait);
	curl_easy_getinfo(c, CURLINFO_REDIRECT_URL, &location);
	curl_easy_getinfo(c, CURLINFO_CONTENT_TYPE, &type);
	a->retry_after = wait > 0 && wait < 1000000 ? (long)wait : wait > 0 ? 1000000 : 0;
	a->redirect = location ? xstrdup(location) : NULL;
	a->html = type && !strncasecmp(type, "text/html", 9);
}

static void sleep_seconds(long s)
{
	struct timespec left = { s, 0 };

	while (nanosleep(&left, &left))
		;
}

/* After a "slow down" there is at least a second between requests. */
static void keep_pace(const struct lore *lore)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (lore->paced && now.tv_sec - lore->last.tv_sec < 1)
		sleep_seconds(1);
}

static size_t origin_len(const char *url)
{
	const char *host = strstr(url, "://");

	return host ? (size_t)(host - url) + 3 + strcspn(host + 3, "/?#") : 0;
}

static bool same_origin(const char *a, const char *b)
{
	size_t n = origin_len(a);

	return n && n == origin_len(b) && !strncasecmp(a, b, n);
}

/* Whether a redirect may be followed, or why not. */
static bool may_follow(const char *from, const char *to, struct err *err)
{
	bool http = is_scheme(from, "http") && is_scheme(to, "http");
	bool https = is_scheme(from, "https") && is_scheme(to, "https");

	if (!http && !https)
		err_set(err, "%s redirects to another scheme, refused: %s", from, to);
	else if (is_loopback(to) && !same_origin(from, to))
		err_set(err, "%s redirects to loopback, refused: %s", from, to);
	else if (memchr(to, '@', origin_len(to)))
		err_set(err, "%s redirects to a URL with a user name, refused", from);
	else
		return true;
	return false;
}

static enum lore_result transfer_failed(struct lore *lore, const char *url, const struct answer *a,
					const struct buf *body, struct err *err)
{
	const char *why = a->text[0] ? a->text : curl_easy_strerror(a->code);

	if (lore->refused_address) {
		err_set(err, "%s leads to loopback, refused", url);
		return LORE_REFUSED;
	}
	if (body->over || a->code == CURLE_FILESIZE_EXCEEDED) {
		err_set(err, "%s: more than %u MB, refused", url, LORE_MAX_TRANSFER >> 20);
		return LORE_REFUSED;
	}
	if (a->code == CURLE_PEER_FAILED_VERIFICATION || a->code == CURLE_URL_MALFORMAT ||
	    a->code == CURLE_UNSUPPORTED_PROTOCOL || a->code == CURLE_SSL_CACERT_BADFILE) {
		err_set(err, "%s: %s", url, why);
		return LORE_REFUSED;
	}
	if (a->code == CURLE_PARTIAL_FILE || a->code == CURLE_RECV_ERROR) {
		err_status(err, STATUS_TEMPFAIL, "%s: the answer was cut off (%s)", url, why);
		return LORE_DAMAGED;
	}
	if (a->code == CURLE_OPERATION_TIMEDOUT)
		err_status(err, STATUS_TEMPFAIL, "%s: the archive is too slow (%s)", url, why);
	else
		err_status(err, STATUS_TEMPFAIL, "%s: the archive cannot be reached (%s)", url,
			   why);
	return LORE_DOWN;
}

static bool looks_like_html(const struct buf *body)
{
	struct span s = span_trim((struct span){ body->p ? body->p : "", body->len });

	return span_starts_nocase(s, "<!doctype") || span_starts_nocase(s, "<html") ||
	       span_starts_nocase(s, "<?xml") || span_starts_nocase(s, "<head");
}

static enum lore_result browser_check(const char *url, struct err *err)
{
	err_status(err, STATUS_TEMPFAIL,
		   "%s: a web page instead of mail; there is a browser check "
		   "in front of this archive (icrfix.loreFallback may name another)",
		   url);
	return LORE_BROWSER_CHECK;
}

static enum lore_result server_status(const char *url, const struct answer *a, bool search,
				      const struct buf *body, struct err *err)
{
	switch (a->status) {
	case 300:
	case 404:
		if (search) {
			err_status(err, STATUS_FINDINGS, "%s: nothing matches the query", url);
			return LORE_NO_MATCH;
		}
		err_status(err, STATUS_FINDINGS, "%s: this Message-ID is not archived here", url);
		return LORE_NOT_ARCHIVED;
	case 429:
		err_status(err, STATUS_TEMPFAIL,
			   "%s: the archive limits the rate of requests; try "
			   "again in %ld seconds",
			   url, a->retry_after ? a->retry_after : 60);
		return LORE_RATE_LIMITED;
	case 500:
		if (!search)
			break;
		err_set(err, "%s: the archive does not accept this query", url);
		return LORE_BAD_QUERY;
	}
	if (a->status >= 500) {
		err_status(err, STATUS_TEMPFAIL, "%s: the archive is down (status %ld)", url,
			   a->status);
		return LORE_DOWN;
	}
	if (a->html || looks_like_html(body))
		return browser_check(url, err);
	err_set(err, "%s: the archive refuses the request (status %ld)", url, a->status);
	return LORE_REFUSED;
}

/* What came with status 200 has to be mail. */
static enum lore_result check_body(const char *url, const struct answer *a, bool search,
				   const struct buf *body, struct err *err)
{
	struct buf inflated = BUF_INIT_MAX(LORE_MAX_INFLATED);
	enum lore_result rc = LORE_OK;

	if (mbox_is(body->p ? body->p : "", body->len))
		return LORE_OK;
	if (!gunzip_is(body->p, body->len)) {
		if (a->html || looks_like_html(body))
			return browser_check(url, err);
		err_status(err, STATUS_TEMPFAIL, "%s: what came is no mail (%zu bytes)", url,
			   body->len);
		return LORE_DAMAGED;
	}
	if (gunzip(body->p, body->len, &inflated, err)) {
		err_context(err, "%s", url);
		rc = err->status == STATUS_TEMPFAIL ? LORE_DAMAGED : LORE_REFUSED;
	} else if (!mbox_is(inflated.p, inflated.len)) {
		rc = !inflated.len && search ? LORE_NO_MATCH : LORE_DAMAGED;
		err_status(err, rc == LORE_NO_MATCH ? STATUS_FINDINGS : STATUS_TEMPFAIL, "%s: %s",
			   url,
			   rc == LORE_NO_MATCH ? "nothing matches the query"
					       : "no mailbox in the answer");
	}
	buf_release(&inflated);
	return rc;
}

/* Whether to try again, after a pause that the archive asked for. */
static bool wait_for_it(struct lore *lore, const struct answer *a, int tries)
{
	long wait = a->retry_after ? a->retry_after : 1L << tries;

	if ((a->status != 429 && a->status != 503) || tries + 1 >= LORE_MAX_TRIES ||
	    wait > LORE_MAX_WAIT)
		return false;
	lore->paced = true;
	if (lore->options.progress)
		fprintf(stderr, "icrfix: the archive asks for patience: %ld s\n", wait);
	sleep_seconds(wait);
	return true;
}

static enum lore_result fetch(struct lore *lore, const char *first, bool search, struct buf *out,
			      struct err *err)
{
	char *url = xstrdup(first);
	enum lore_result rc = LORE_DOWN;
	int redirects = 0, tries = 0;

	lore->redirected = false;
	lore->at_loopback = is_loopback(first);
	while (may_fetch(lore, url, err) || (rc = LORE_REFUSED, false)) {
		struct answer a = { 0 };
		bool redirect;

		keep_pace(lore);
		request(lore, url, search, out, &a);
		redirect = !a.code && a.redirect && a.status >= 301 && a.status <= 308;
		if (redirect && redirects++ >= LORE_MAX_REDIRECTS) {
			err_set(err, "%s: more than %d redirects, refused", first,
				LORE_MAX_REDIRECTS);
			rc = LORE_REFUSED;
		} else if (redirect && !may_follow(url, a.redirect, err)) {
			rc = LORE_REFUSED;
		} else if (redirect) {
			lore->redirected = true;
			lore->at_loopback = is_loopback(url) && same_origin(url, a.redirect);
			free(url);
			url = a.redirect;
			continue;
		} else if (a.code) {
			rc = transfer_failed(lore, url, &a, out, err);
		} else if (a.status == 200) {
			rc = check_body(url, &a, search, out, err);
		} else if (wait_for_it(lore, &a, tries)) {
			tries++;
			free(a.redirect);
			continue;
		} else {
			rc = server_status(url, &a, search, out, err);
		}
		free(a.redirect);
		break;
	}
	free(url);
	return rc;
}

static char *with_slash(const char *base)
{
	size_t n = strlen(base);

	return xasprintf("%s%s", base, n && base[n - 1] == '/' ? "" : "/");
}

char *lore_thread_url(const char *base, const char *message_id)
{
	char *b = with_slash(base), *id = archive_escape(message_id);
	char *url = xasprintf("%s%s/t.mbox.gz", b, id);

	free(b);
	free(id);
	return url;
}

char *lore_search_url(const char *base, const char *query, bool threads)
{
	char *b = with_slash(base), *q = archive_escape_query(query);
	char *url = xasprintf("%s?q=%s&x=m%s", b, q, threads ? "&t=1" : "");

	free(b);
	free(q);
	return url;
}

enum lore_result lore_thread(struct lore *lore, const char *base, const char *message_id,
			     struct buf *out, struct err *err)
{
	char *url = lore_thread_url(base, message_id);
	enum lore_result rc = fetch(lore, url, false, out, err);

	free(url);
	return rc;
}

enum lore_result lore_search(struct lore *lore, const char *base, const char *query, bool threads,
			     struct buf *out, struct err *err)
{
	char *url = lore_search_url(base, query, threads);
	enum lore_result rc = fetch(lore, url, true, out, err);

	free(url);
	return rc;
}
