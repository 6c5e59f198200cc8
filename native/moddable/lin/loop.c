/*
 * The loop of the SDK on Linux is GLib's: one source of ours in it for posts, one for the timer. A source that is ready is ready once,
 * whoever says so how often, from whatever thread; nothing is allocated after start, and nothing can be dropped.
 */
#include "host.h"
#include "port.h"

#include <glib.h>
#include <pthread.h>
#include <stdio.h>

static GMainContext *context;
static GSource *posts, *timer;

static gboolean dispatch(GSource *source, GSourceFunc callback, gpointer data)
{
	(void)callback;
	(void)data;
	g_source_set_ready_time(source, source == timer ? g_get_monotonic_time() + (gint64)STATOR_WATCH_MS * 1000 : -1);
	stator_host_turn();
	return G_SOURCE_CONTINUE;
}

static GSource *add(void)
{
	static GSourceFuncs functions = { .dispatch = dispatch };
	GSource *source = g_source_new(&functions, sizeof(GSource));
	g_source_set_can_recurse(source, TRUE); /* a run that blocks in a task's callback serves the loop */
	g_source_attach(source, context);
	return source;
}

bool stator_host_open(void)
{
	context = g_main_context_get_thread_default();
	posts = add();
	timer = add();
	return true;
}

bool stator_host_post(void)
{
	g_source_set_ready_time(posts, 0);
	return true;
}

void stator_host_alarm(uint32_t milliseconds)
{
	/* The beginning of the millisecond, as stator_host_ticks counts them. */
	g_source_set_ready_time(timer, (g_get_monotonic_time() / 1000 + milliseconds) * 1000);
}

void stator_host_quiet(void)
{
	g_source_set_ready_time(timer, -1);
}

void stator_host_serve(void)
{
	g_main_context_iteration(context, TRUE);
}

uint32_t stator_host_ticks(void)
{
	static gint64 start; /* since the first look: the program's start */
	gint64 now = g_get_monotonic_time() / 1000;
	if (!start)
		start = now;
	return (uint32_t)(now - start);
}

uint64_t stator_host_clock(void)
{
	return (uint64_t)g_get_monotonic_time() * 1000;
}

uint32_t stator_host_clock_hz(void)
{
	return 1000000000u;
}

void stator_host_write(const char *text, size_t size)
{
	fwrite(text, 1, size, stdout);
	fflush(stdout);
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static __thread uint32_t depth;

uint32_t stator_port_lock(void)
{
	if (!depth)
		pthread_mutex_lock(&lock);
	return depth++;
}

void stator_port_unlock(uint32_t state)
{
	depth = state;
	if (!state)
		pthread_mutex_unlock(&lock);
}
