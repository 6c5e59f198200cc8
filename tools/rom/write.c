/*
 * Writes a machine as C: slots as initialisers with symbolic names, by the numbers that rom.c has given them, and the tables that a machine
 * boots from (native/xs/rom-boot.c).
 */
#include "image.h"
#include "strip.h"

static FILE *out;

/* A list of names, each declared once. */
static const char **declared;
static int declared_count;

static void declare(const char *name)
{
	for (int i = 0; i < declared_count; i++)
		if (!strcmp(declared[i], name))
			return;
	declared = realloc(declared, (size_t)(declared_count + 1) * sizeof *declared);
	declared[declared_count++] = name;
	fprintf(out, "extern void %s(txMachine *the);\n", name);
}

static void put_reference(const txSlot *slot)
{
	if (!slot)
		fputs("0", out);
	else if (slot < heap || slot >= heap_end || !in_use(slot))
		fail("a reference to what is not in the heap", "", (long)(slot - heap));
	else
		fprintf(out, numbers[slot - heap] >= VARIABLE ? "V(%d)" : "R(%d)", numbers[slot - heap] & (VARIABLE - 1));
}

static void put_number(txNumber number)
{
	if (c_isnan(number))
		fputs("__builtin_nan(\"\")", out);
	else if (!c_isfinite(number))
		fputs(number < 0 ? "-__builtin_inf()" : "__builtin_inf()", out);
	else
		fprintf(out, "%a", number);
}

static void put_string(const char *text)
{
	fputs("(txString)\"", out);
	for (const unsigned char *c = (const unsigned char *)text; *c; c++)
		if (*c == '"' || *c == '\\')
			fprintf(out, "\\%c", *c);
		else if (*c < 32 || *c > 126)
			fprintf(out, "\\%03o", *c);
		else
			fputc(*c, out);
	fputc('"', out);
}

static int dispatch_number(const txTypeDispatch *dispatch)
{
	return (int)(dispatch - gxTypeDispatches);
}

static void put_pair(const char *member, const txSlot *first, const txSlot *second)
{
	fprintf(out, ".%s = { ", member);
	put_reference(first);
	fputs(", ", out);
	put_reference(second);
	fputs(" }", out);
}

static void put_code(const txValue *value)
{
	const uint8_t *at = (const uint8_t *)value->code.address;
	fputs(".code = { (txByte *)", out);
	for (int i = 0; i < program.module_count; i++)
		if (at >= program.modules[i].code && at < program.modules[i].code + program.modules[i].size) {
			fprintf(out, "&code_%d[%d], ", i, (int)(at - program.modules[i].code));
			put_reference(value->code.closures);
			fputs(" }", out);
			return;
		}
	fprintf(out, "%s, 0 }", symbol_of(at));
}

static void put_host_function(const txValue *value)
{
	const txHostFunctionBuilder *builder = value->hostFunction.builder;
	for (int i = 0; i < program.module_count; i++)
		if (builder >= program.modules[i].hosts && builder < program.modules[i].hosts + program.modules[i].host_count)
			fprintf(out, ".hostFunction = { (const txHostFunctionBuilder *)&hosts_%d[%d], %d }", i,
				(int)(builder - program.modules[i].hosts), value->hostFunction.profileID);
}

static txKind rom_kind(txKind kind)
{
	return kind == XS_STRING_KIND ? XS_STRING_X_KIND : kind == XS_KEY_KIND ? XS_KEY_X_KIND : kind;
}

static void put_value(const txSlot *slot)
{
	const txValue *value = &slot->value;
	switch (slot->kind) {
	case XS_UNINITIALIZED_KIND:
	case XS_UNDEFINED_KIND:
	case XS_NULL_KIND:
		fputs("0", out);
		break;
	case XS_BOOLEAN_KIND:
		fprintf(out, ".boolean = %d", value->boolean);
		break;
	case XS_INTEGER_KIND:
		fprintf(out, ".integer = %d", (int)value->integer);
		break;
	case XS_NUMBER_KIND:
		fputs(".number = ", out);
		put_number(value->number);
		break;
	case XS_STRING_KIND:
	case XS_STRING_X_KIND:
		fputs(".string = ", out);
		put_string(value->string);
		break;
	case XS_SYMBOL_KIND:
		fprintf(out, ".symbol = %d", value->symbol);
		break;
	case XS_REFERENCE_KIND:
		fputs(".reference = ", out);
		put_reference(value->reference);
		break;
	case XS_INSTANCE_KIND:
		put_pair("instance", NULL, value->instance.prototype);
		break;
	case XS_ARRAY_KIND:
		if (value->array.address)
			fprintf(out, ".array = { (txSlot *)items_%d.items, %d }", numbers[slot - heap], (int)value->array.length);
		else
			fprintf(out, ".array = { 0, %d }", (int)value->array.length);
		break;
	case XS_CALLBACK_KIND:
		fprintf(out, ".callback = { %s, 0 }", symbol_of((void *)value->callback.address));
		break;
	case XS_CODE_X_KIND:
		put_code(value);
		break;
	case XS_HOST_FUNCTION_KIND:
		put_host_function(value);
		break;
	case XS_CLOSURE_KIND:
		fputs(".closure = ", out);
		put_reference(value->closure);
		break;
	case XS_MODULE_KIND:
		fprintf(out, ".module = { 0, %d }", value->module.id);
		break;
	case XS_EXPORT_KIND:
		put_pair("export", value->export.closure, value->export.module);
		break;
	case XS_TYPED_ARRAY_KIND:
		fprintf(out, ".typedArray = { (txTypeDispatch *)&gxTypeDispatches[%d], (txTypeAtomics *)&gxTypeAtomics[%d] }",
			dispatch_number(value->typedArray.dispatch), dispatch_number(value->typedArray.dispatch));
		break;
	case XS_HOST_KIND:
		if (value->host.data || value->host.variant.destructor)
			fail("a host object with data", "", numbers[slot - heap]);
		fputs(".host = { 0 }", out);
		break;
	case XS_ACCESSOR_KIND:
		put_pair("accessor", value->accessor.getter, value->accessor.setter);
		break;
	case XS_HOME_KIND:
		put_pair("home", value->home.object, value->home.module);
		break;
	case XS_KEY_KIND:
	case XS_KEY_X_KIND:
		fputs(".key = { ", out);
		put_string(value->key.string);
		fprintf(out, ", %uu }", (unsigned)value->key.sum);
		break;
	case XS_LIST_KIND:
		put_pair("list", value->list.first, value->list.last);
		break;
	default:
		fail("a slot of a kind that is not known here", "", slot->kind);
	}
}

/* Whatever is marked is left alone by the collector, and a property also by the interpreter: those of objects in RAM are not. */
static int mark_of(const txSlot *slot)
{
	bool in_heap = slot >= heap && slot < heap_end;
	return in_heap && in_object[slot - heap] && slot->kind != XS_INSTANCE_KIND ? 0 : XS_MARK_FLAG;
}

static void put_rest(const txSlot *slot)
{
	fprintf(out, ", H(%d, %d, %d), { ", rom_kind(slot->kind), slot->flag | mark_of(slot), slot->ID);
	put_value(slot);
	fputs(" } },\n", out);
}

static void put_slot(const txSlot *slot)
{
	fputs("\t{ ", out);
	put_reference(slot->next);
	put_rest(slot);
}

/* The items of a constant array, as the engine has them: behind the head of a chunk, each with its index where others have their link. */
static void put_items(const txSlot *array)
{
	int size = (int)fxGetIndexSize(NULL, (txSlot *)array);
	fprintf(out, "static const struct { txChunk chunk; txSlot items[%d]; } items_%d = { { .size = sizeof(txChunk) + sizeof(txSlot) * %d }, {\n",
		size, numbers[array - heap], size);
	for (int i = 0; i < size; i++) {
		fprintf(out, "\t{ (txSlot *)%d", (int)*(const txIndex *)(array->value.array.address + i));
		put_rest(array->value.array.address + i);
	}
	fputs("} };\n", out);
}

static void put_heap(void)
{
	for (const txSlot *slot = heap; slot < heap_end; slot++)
		if (in_use(slot) && slot->kind == XS_ARRAY_KIND && slot->value.array.address)
			put_items(slot);
	fprintf(out, "static const txSlot heap[%d] = {\n", slot_count);
	for (txSlot *slot = heap; slot < heap_end; slot++)
		if (in_use(slot) && numbers[slot - heap] < VARIABLE)
			put_slot(slot);
	fprintf(out, "};\nstatic txSlot variables[%d] = {\n", variable_count + 1);
	for (int i = 0; i < variable_count; i++)
		for (txSlot *slot = heap; slot < heap_end; slot++)
			if (numbers[slot - heap] == VARIABLE + i)
				put_slot(slot);
	fputs("};\n", out);
}

static void put_stack(txMachine *the)
{
	fprintf(out, "static const txSlot stack[%d] = {\n", (int)(the->stackTop - the->stack));
	for (txSlot *slot = the->stack; slot < the->stackTop; slot++) {
		slot->next = NULL;
		put_slot(slot);
	}
	fputs("};\n", out);
}

static void put_table(const char *name, txSlot **table, int count)
{
	fprintf(out, "static txSlot *const %s[%d] = {\n", name, count);
	for (int i = 0; i < count; i++) {
		fputc('\t', out);
		put_reference(table[i]);
		fputs(",\n", out);
	}
	fputs("};\n", out);
}

static void put_declarations(txMachine *the)
{
	fprintf(out, "/* Made by stator-rom: the engine's builtins, ready to run in place. */\n#include \"rom.h\"\n\n#include \"program.c\"\n\n"
		"#define V(NUMBER) (&variables[NUMBER])\n"
		"#define R(NUMBER) ((txSlot *)&heap[NUMBER])\n"
		"#define H(KIND, FLAG, ID_) { { .kind = KIND, .flag = FLAG, .ID = ID_ } }\n"
		"#if INTPTR_MAX == INT64_MAX\n#undef H\n#define H(KIND, FLAG, ID_) { { .kind = KIND, .flag = FLAG, .ID = ID_ } }, 0\n#endif\n"
		"_Static_assert(XS_MAJOR_VERSION == %d && XS_MINOR_VERSION == %d && XS_PATCH_VERSION == %d, \"an image of another engine\");\n"
		"static const txSlot heap[%d];\nstatic txSlot variables[%d];\n",
		XS_MAJOR_VERSION, XS_MINOR_VERSION, XS_PATCH_VERSION, slot_count, variable_count + 1);
	for (txSlot *slot = heap; slot < heap_end; slot++)
		if (in_use(slot) && slot->kind == XS_CALLBACK_KIND)
			declare(symbol_of((void *)slot->value.callback.address));
	for (txSlot *slot = the->stack; slot < the->stackTop; slot++)
		if (slot->kind == XS_CALLBACK_KIND)
			declare(symbol_of((void *)slot->value.callback.address));
}

static int declared_by(txSlot *body)
{
	int count = 0;
	for (const txSlot *slot = mxFunctionInstanceCode(body)->value.code.closures->next; slot; slot = slot->next)
		count++;
	return count;
}

/* One for each instance: they differ in the number of functions that the machine may copy. */
static void put_preparations(txMachine *the)
{
	fprintf(out, "static const txPreparation preparations[%d] = {\n", instance_count);
	for (int i = 0; i < instance_count; i++)
		fprintf(out, "\t{\n\t\t.version = { XS_MAJOR_VERSION, XS_MINOR_VERSION, XS_PATCH_VERSION, 0 },\n"
			"\t\t.aliasCount = %d,\n\t\t.heapCount = %d,\n\t\t.heap = (txSlot *)heap,\n\t\t.stackCount = %d,\n\t\t.stack = (txSlot *)stack,\n"
			"\t\t.keyCount = %d,\n\t\t.keys = (txSlot **)rom_keys,\n\t\t.nameModulo = STATOR_NAME_MODULO,\n\t\t.names = (txSlot **)rom_names,\n"
			"\t\t.symbolModulo = STATOR_SYMBOL_MODULO,\n\t\t.symbols = (txSlot **)rom_symbols,\n\t\t.profileID = %d,\n\t},\n",
			instances[i].alias_count, slot_count, (int)(the->stackTop - the->stack), the->keyIndex, the->profileID);
	fprintf(out, "};\nconst stator_instance stator_rom_instances[%d] = {\n", instance_count);
	for (int i = 0; i < instance_count; i++) {
		fprintf(out, "\t{ &preparations[%d], ", i);
		put_reference(instances[i].body);
		fprintf(out, ", variables + %d, %d, %d },\n", instances[i].first_variable, instances[i].variable_count, declared_by(instances[i].body));
	}
	fputs("};\n", out);
}

void write_image(txMachine *the, FILE *file)
{
	out = file;
	put_declarations(the);
	put_heap();
	put_stack(the);
	put_table("rom_keys", the->keyArray, the->keyIndex);
	put_table("rom_names", the->nameTable, the->nameModulo);
	put_table("rom_symbols", the->symbolTable, the->symbolModulo);
	put_preparations(the);
}
