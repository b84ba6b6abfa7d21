#ifndef CEDITLINE_SHIM_H
#define CEDITLINE_SHIM_H

// libedit (apt: libedit-dev). Swift cannot call C variadics, so each use of `el_set` and `el_get` gets a
// fixed-argument wrapper here; delete them when Swift imports variadic functions.
#include <histedit.h>
#include <stddef.h>

typedef unsigned char (*ceditline_command)(EditLine *, int);

static inline int ceditline_set_editor(EditLine *editor, const char *name) {
    return el_set(editor, EL_EDITOR, name);
}

static inline int ceditline_set_signal_handling(EditLine *editor, int isOn) {
    return el_set(editor, EL_SIGNAL, isOn);
}

static inline wchar_t *ceditline_empty_prompt(EditLine *editor) {
    static wchar_t empty[1] = L"";
    (void)editor;
    return empty;
}

// Without this libedit writes "? ".
static inline int ceditline_remove_prompt(EditLine *editor) {
    return el_wset(editor, EL_PROMPT, ceditline_empty_prompt);
}

static inline int ceditline_set_client(EditLine *editor, void *client) {
    return el_set(editor, EL_CLIENTDATA, client);
}

static inline void *ceditline_client(EditLine *editor) {
    void *client = NULL;
    return el_get(editor, EL_CLIENTDATA, &client) == 0 ? client : NULL;
}

static inline int ceditline_set_reader(EditLine *editor, el_rfunc_t reader) {
    return el_wset(editor, EL_GETCFN, reader);
}

// The name must be added before a key is bound to it.
static inline int ceditline_add_command(
    EditLine *editor, const char *name, const char *summary, ceditline_command command) {
    return el_set(editor, EL_ADDFN, name, summary, command);
}

static inline int ceditline_bind(EditLine *editor, const char *key, const char *name) {
    return el_set(editor, EL_BIND, key, name, NULL);
}

// 1: the terminal's modes for editing; 0: its modes as they were.
static inline int ceditline_prepare_terminal(EditLine *editor, int isOn) {
    return el_set(editor, EL_PREP_TERM, isOn);
}

#endif
