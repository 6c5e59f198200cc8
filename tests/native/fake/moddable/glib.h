/* As much of GLib as native/moddable/lin uses, to be compiled where it is not installed. */
#ifndef FAKE_GLIB_H
#define FAKE_GLIB_H

#include <stddef.h>
#include <stdint.h>

typedef int gboolean;
typedef void *gpointer;
typedef int64_t gint64;
typedef struct GMainContext GMainContext;
typedef gboolean (*GSourceFunc)(gpointer data);
typedef struct GSource {
	void *own;
} GSource;
typedef struct {
	gboolean (*prepare)(GSource *source, int *timeout);
	gboolean (*check)(GSource *source);
	gboolean (*dispatch)(GSource *source, GSourceFunc callback, gpointer data);
	void (*finalize)(GSource *source);
} GSourceFuncs;

enum { FALSE, TRUE, G_SOURCE_CONTINUE = TRUE };

GMainContext *g_main_context_get_thread_default(void);
gboolean g_main_context_iteration(GMainContext *context, gboolean may_block);
GSource *g_source_new(GSourceFuncs *functions, unsigned size);
void g_source_set_can_recurse(GSource *source, gboolean can);
void g_source_set_ready_time(GSource *source, gint64 time);
unsigned g_source_attach(GSource *source, GMainContext *context);
gint64 g_get_monotonic_time(void);

#endif
