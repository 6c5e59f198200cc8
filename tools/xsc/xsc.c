/*
 * stator-xsc: turns the ES modules of a program into one C file that a board links into flash.
 *
 * Model: each module goes through the engine's own parser, scoper and coder (the same sources that the target
 * runs, so the bytecode is the target's by construction). Three things then make the code ready to run in place:
 * 1. names are resolved here: the engine's own names have fixed IDs, the program's follow them in one table that
 *    the target registers at boot in the same order (native/xs/program.c checks that the numbers agree);
 * 2. CODE and STRING opcodes become their ARCHIVE forms, which refer to code and text where they lie, in flash;
 * 3. `@ "xs_name"` host functions become builder tables, so a missing native function is a linker error.
 *
 * With -l it also writes where each line of each module begins in its bytecode: a JSON array of one array of [offset, line]
 * for each module. The bytecode itself carries no line numbers (each would be an instruction to run): a module is compiled
 * a second time with them, and the two are walked side by side.
 *
 * With -u it writes what the bytecode uses, for stripping (tools/strip): an array of [module, offset, number of the instruction, name], the first place of each pair;
 * the name is empty for instructions that carry none.
 *
 * Usage: stator-xsc -o program.c [-l lines.json] [-u uses.json] MODULE=FILE [MODULE=FILE ...]   (the first module is the one that runs)
 * Exit code: 0 written, 1 a module does not parse (file:line: message on stderr), 2 wrong usage or unreadable file.
 */
#include "xsScript.h"

#include <stdbool.h>

typedef struct {
	const char *module;
	const char *path;
	txScript *script;
	txID *ids; /* the module's own symbol numbers -> the program's */
	int hosts;
} Module;

static char **names;
static int name_count, name_room;
static const char *current_path;

extern const txString gxIDStrings[];

/* What the engine's coder asks of its host: a tag per template literal, unique in the program. */
void fxGenerateTag(void *console, txString buffer, txInteger size, txString path)
{
	static int tag;
	(void)console; (void)path;
	snprintf(buffer, (size_t)size, "#%d", tag++);
}

txID fxGenerateProfileID(void *console)
{
	(void)console;
	return 0;
}

void fxVReportError(void *console, txString path, txInteger line, txString format, va_list arguments)
{
	(void)console;
	(void)path;
	fprintf(stderr, "%s:%d: error: ", current_path, (int)line);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
}

void fxVReportWarning(void *console, txString path, txInteger line, txString format, va_list arguments)
{
	(void)console; (void)path; (void)line; (void)format; (void)arguments;
}

static txID name_id(const char *name)
{
	for (int i = XS_SYMBOL_ID_COUNT; i < XS_ID_COUNT; i++)
		if (!strcmp(gxIDStrings[i], name))
			return (txID)i;
	for (int i = 0; i < name_count; i++)
		if (!strcmp(names[i], name))
			return (txID)(XS_ID_COUNT + i);
	if (name_count == name_room) {
		name_room = name_room ? 2 * name_room : 256;
		names = realloc(names, (size_t)name_room * sizeof *names);
	}
	if (XS_ID_COUNT + name_count >= 0xFFFF) {
		fprintf(stderr, "stator-xsc: more than %d names in one program\n", 0xFFFF - XS_ID_COUNT);
		exit(1);
	}
	names[name_count] = strdup(name);
	return (txID)(XS_ID_COUNT + name_count++);
}

static const char *name_of(txID id)
{
	return id < XS_ID_COUNT ? gxIDStrings[id] : names[id - XS_ID_COUNT];
}

static txScript *compile(const Module *module, txUnsigned flags)
{
	txParser parser;
	txParserJump jump;
	txScript *script = NULL;
	FILE *file = fopen(module->path, "rb");
	if (!file) {
		fprintf(stderr, "stator-xsc: cannot read %s: %s\n", module->path, strerror(errno));
		exit(2);
	}
	current_path = module->path;
	/* Any console: with one the parser ends at its first error. Without, it goes on with a tree that has holes, and may fall into one. */
	fxInitializeParser(&parser, (void *)module, 16 * 1024 * 1024, 1993); /* the buffer bounds one token: the longest string literal */
	parser.firstJump = &jump;
	if (setjmp(jump.jmp_buf) == 0) {
		parser.path = fxNewParserSymbol(&parser, (txString)module->path);
		fxParserTree(&parser, file, (txGetter)fgetc, mxCFlag | flags, NULL);
		fxParserHoist(&parser);
		fxParserBind(&parser);
		script = fxParserCode(&parser);
	}
	int failed = parser.errorCount != 0 || !script;
	fxTerminateParser(&parser);
	fclose(file);
	if (failed) {
		if (!parser.errorCount)
			fprintf(stderr, "%s:1: error: cannot be compiled\n", module->path);
		exit(1);
	}
	return script;
}

/* The instruction after this one, as the engine's own fxRemapIDs counts. */
static txByte *next_instruction(txByte *p)
{
	txS1 size = gxCodeSizes[*(txU1 *)p];
	txU2 length;
	txS4 long_length;
	if (size > 0)
		return p + size;
	p++;
	switch (size) {
	case 0:
		return p + sizeof(txID);
	case -1:
		return p + 1 + *(txU1 *)p;
	case -2:
		mxDecode2(p, length);
		return p + length;
	default:
		mxDecode4(p, long_length);
		return p + long_length;
	}
}

/* Instructions that come in widths or are rewritten, as one of their family; the rest as themselves. */
static int family(txU1 code)
{
	const char *name = gxCodeNames[code];
	static char base[2][64];
	static int turn;
	char *copy = base[turn ^= 1];
	snprintf(copy, sizeof base[0], "%s", name);
	size_t length = strlen(copy);
	if (length > 2 && copy[length - 2] == '_' && strchr("1248", copy[length - 1]))
		copy[length - 2] = 0;
	int sum = 0;
	for (char *c = copy; *c; c++)
		sum = 31 * sum + *c;
	return sum;
}

/* Instructions that only the debug form has, or that the optimizer leaves out of one of the two. */
static bool marks_line(txU1 code)
{
	return code == XS_CODE_LINE || code == XS_CODE_FILE || code == XS_CODE_PROFILE;
}

static bool may_differ(txU1 code)
{
	int f = family(code);
	return f == family(XS_CODE_UNWIND_1) || f == family(XS_CODE_BRANCH_1) || (XS_CODE_END <= code && code <= XS_CODE_END_DERIVED);
}

/* Begins a call: what follows are its arguments. */
static bool begins_call(txU1 code)
{
	return code == XS_CODE_CALL || code == XS_CODE_NEW || code == XS_CODE_SUPER;
}

/* Makes it. */
static bool makes_call(txU1 code)
{
	int f = family(code);
	return f == family(XS_CODE_RUN_1) || f == family(XS_CODE_RUN_TAIL_1) || code == XS_CODE_RUN || code == XS_CODE_RUN_TAIL;
}

static void put_lines(FILE *out, const Module *module)
{
	enum { DEEP = 64 };
	int calls[DEEP], depth = 0; /* lines of the calls whose arguments are being made: an exception in one of them is theirs, the call itself is not */
	txScript *debug = compile(module, mxDebugFlag);
	txByte *a = module->script->codeBuffer, *a_end = a + module->script->codeSize;
	txByte *b = debug->codeBuffer, *b_end = b + debug->codeSize;
	int line = 0, written = 0, count = 0;
	fputc('[', out);
	while (a < a_end && b < b_end) {
		if (marks_line(*(txU1 *)b)) {
			if (*(txU1 *)b == XS_CODE_LINE) {
				txU2 value;
				txByte *p = b + 1;
				mxDecode2(p, value);
				line = value;
			}
			b = next_instruction(b);
			continue;
		}
		if (family(*(txU1 *)a) != family(*(txU1 *)b)) {
			if (may_differ(*(txU1 *)b))
				b = next_instruction(b);
			else if (may_differ(*(txU1 *)a))
				a = next_instruction(a);
			else {
				fprintf(stderr, "stator-xsc: the lines of %s are not known beyond line %d\n", module->path, line);
				break;
			}
			continue;
		}
		txU1 code = *(txU1 *)b;
		int here = line;
		if (begins_call(code)) {
			if (depth < DEEP)
				calls[depth] = line;
			depth++;
		} else if (makes_call(code) && depth > 0) {
			depth--;
			if (depth < DEEP)
				here = calls[depth];
		}
		if (here != written) {
			fprintf(out, "%s[%d,%d]", count++ ? "," : "", (int)(a - module->script->codeBuffer), here);
			written = here;
		}
		a = next_instruction(a);
		b = next_instruction(b);
	}
	fputc(']', out);
}

/* Once the names are resolved. */
static void put_uses(FILE *out, const Module *modules, int count)
{
	static bool seen[XS_CODE_COUNT][0x10000];
	int written = 0;
	fputs("[\n", out);
	for (int i = 0; i < count; i++) {
		txByte *start = modules[i].script->codeBuffer, *end = start + modules[i].script->codeSize;
		for (txByte *p = start; p < end; p = next_instruction(p)) {
			txU1 code = *(txU1 *)p;
			txID id = XS_NO_ID;
			if (gxCodeSizes[code] == 0) {
				txByte *operand = p + 1;
				mxDecodeID(operand, id);
			}
			if (seen[code][id])
				continue;
			seen[code][id] = true;
			fprintf(out, "%s[%d,%d,%d,\"", written++ ? ",\n" : "", i, (int)(p - start), code);
			for (const char *c = id == XS_NO_ID ? "" : name_of(id); *c; c++)
				fprintf(out, *c == '"' || *c == '\\' || (unsigned char)*c < 32 ? "\\u%04x" : "%c", (unsigned char)*c);
			fputs("\"]", out);
		}
	}
	fputs("\n]\n", out);
}

/* Walks the bytecode as the engine's own fxRemapIDs does; instructions keep their length. */
static void relocate(Module *module)
{
	txScript *script = module->script;
	txByte *p = script->symbolsBuffer;
	txID count;
	mxDecodeID(p, count);
	module->ids = calloc(count ? count : 1, sizeof(txID));
	for (int i = 1; i < count; i++) {
		module->ids[i] = name_id((char *)p);
		p += strlen((char *)p) + 1;
	}
	p = script->codeBuffer;
	txByte *end = p + script->codeSize;
	while (p < end) {
		txU1 code = *(txU1 *)p;
		switch (code) {
		case XS_CODE_CODE_1: *(txU1 *)p = XS_CODE_CODE_ARCHIVE_1; break;
		case XS_CODE_CODE_2: *(txU1 *)p = XS_CODE_CODE_ARCHIVE_2; break;
		case XS_CODE_CODE_4: *(txU1 *)p = XS_CODE_CODE_ARCHIVE_4; break;
		case XS_CODE_STRING_1: *(txU1 *)p = XS_CODE_STRING_ARCHIVE_1; break;
		case XS_CODE_STRING_2: *(txU1 *)p = XS_CODE_STRING_ARCHIVE_2; break;
		case XS_CODE_STRING_4: *(txU1 *)p = XS_CODE_STRING_ARCHIVE_4; break;
		}
		txS1 size = gxCodeSizes[code];
		if (size > 0)
			p += size;
		else if (size == 0) {
			txID id;
			p++;
			mxDecodeID(p, id);
			if (id != XS_NO_ID) {
				p -= sizeof(txID);
				id = module->ids[id];
				mxEncodeID(p, id);
			}
		}
		else if (size == -1)
			p += 2 + ((txU1 *)p)[1];
		else if (size == -2) {
			txU2 length;
			p++;
			mxDecode2(p, length);
			p += length;
		}
		else {
			txS4 length;
			p++;
			mxDecode4(p, length);
			p += length;
		}
	}
}

static void put_string(FILE *out, const char *text)
{
	fputc('"', out);
	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		if (*c == '"' || *c == '\\')
			fprintf(out, "\\%c", *c);
		else if (*c < 32 || *c > 126)
			fprintf(out, "\\%03o", *c);
		else
			fputc(*c, out);
	}
	fputc('"', out);
}

static void put_hosts(FILE *out, Module *module, int index)
{
	txByte *p = module->script->hostsBuffer;
	txID count;
	if (!p)
		return;
	mxDecodeID(p, count);
	module->hosts = count;
	txByte *first = p;
	for (int i = 0; i < count; i++) {
		txID id;
		p++;
		mxDecodeID(p, id);
		fprintf(out, "extern void %s(struct sxMachine *the);\n", (char *)p);
		p += strlen((char *)p) + 1;
	}
	fprintf(out, "static const stator_host_function hosts_%d[%d] = {\n", index, count);
	p = first;
	for (int i = 0; i < count; i++) {
		txS1 length = *(txS1 *)p++;
		txID id;
		mxDecodeID(p, id);
		fprintf(out, "\t{ %s, %d, %d },\n", (char *)p, length, id == XS_NO_ID ? XS_NO_ID : module->ids[id]);
		p += strlen((char *)p) + 1;
	}
	fprintf(out, "};\nstatic void bind_%d(struct sxMachine *the) { stator_bind_hosts(the, %d, hosts_%d); }\n", index, count, index);
}

static void put_code(FILE *out, Module *module, int index)
{
	txU1 *code = (txU1 *)module->script->codeBuffer;
	fprintf(out, "static const uint8_t code_%d[%d] = {", index, (int)module->script->codeSize);
	for (txSize i = 0; i < module->script->codeSize; i++)
		fprintf(out, "%s%d,", i % 24 ? "" : "\n\t", code[i]);
	fprintf(out, "\n};\n");
}

static FILE *open_output(const char *path)
{
	FILE *file = fopen(path, "w");
	if (!file) {
		fprintf(stderr, "stator-xsc: cannot write %s: %s\n", path, strerror(errno));
		exit(2);
	}
	return file;
}

int main(int argc, char **argv)
{
	if (argc < 4 || strcmp(argv[1], "-o")) {
		fprintf(stderr, "usage: stator-xsc -o program.c [-l lines.json] [-u uses.json] MODULE=FILE [MODULE=FILE ...]\n");
		return 2;
	}
	FILE *lines = NULL, *uses = NULL;
	if (argc > 5 && !strcmp(argv[3], "-l")) {
		lines = open_output(argv[4]);
		argc -= 2;
		argv += 2;
		argv[2] = argv[0]; /* the output's name, where it is looked for below */
	}
	if (argc > 5 && !strcmp(argv[3], "-u")) {
		uses = open_output(argv[4]);
		argc -= 2;
		argv += 2;
		argv[2] = argv[0];
	}
	int count = argc - 3;
	Module *modules = calloc((size_t)count, sizeof *modules);
	for (int i = 0; i < count; i++) {
		char *equals = strchr(argv[3 + i], '=');
		if (!equals) {
			fprintf(stderr, "stator-xsc: %s is not MODULE=FILE\n", argv[3 + i]);
			return 2;
		}
		*equals = 0;
		modules[i].module = argv[3 + i];
		modules[i].path = equals + 1;
		modules[i].script = compile(&modules[i], 0);
		if (lines) {
			fputs(i ? ",\n" : "[\n", lines);
			put_lines(lines, &modules[i]);
		}
		relocate(&modules[i]);
		name_id(modules[i].module);
	}
	if (lines) {
		fputs("\n]\n", lines);
		fclose(lines);
	}
	if (uses) {
		put_uses(uses, modules, count);
		fclose(uses);
	}
	FILE *out = open_output(argv[2]);
	fprintf(out, "/* Made by stator-xsc: the program's modules as bytecode. */\n#include \"stator-program.h\"\n\n");
	for (int i = 0; i < count; i++) {
		put_hosts(out, &modules[i], i);
		put_code(out, &modules[i], i);
	}
	fprintf(out, "static const char *const names[%d] = {\n", name_count + 1);
	for (int i = 0; i < name_count; i++) {
		fputc('\t', out);
		put_string(out, names[i]);
		fputs(",\n", out);
	}
	fprintf(out, "};\nstatic const stator_module modules[%d] = {\n", count);
	for (int i = 0; i < count; i++) {
		fputs("\t{ ", out);
		put_string(out, modules[i].module);
		fprintf(out, ", code_%d, sizeof code_%d, ", i, i);
		if (modules[i].hosts)
			fprintf(out, "bind_%d },\n", i);
		else
			fputs("0 },\n", out);
	}
	fprintf(out, "};\nconst stator_program stator_the_program = {\n");
	fprintf(out, "\t{ %d, %d, %d }, %d, %d, names, %d, modules,\n};\n", XS_MAJOR_VERSION, XS_MINOR_VERSION,
		XS_PATCH_VERSION, XS_ID_COUNT, name_count, count);
	if (fclose(out)) {
		fprintf(stderr, "stator-xsc: cannot write %s: %s\n", argv[2], strerror(errno));
		return 2;
	}
	return 0;
}
