/*
 * stator-rom: writes the engine's builtins as C constants, so that a machine boots from flash (native/xs/rom-boot.c).
 *
 * Model: the machine is made here, on the host, from the same sources and with the same configuration as the target's,
 * with the program's names in the order of program.c. What is reachable then is frozen, given the collector's mark,
 * and written slot by slot as initialisers with symbolic names (slots by index, callbacks and tables by their C names,
 * which the dynamic symbol table of this program knows): nothing of it depends on the host's sizes or addresses, so
 * that one file compiles for x86-64 and for every Cortex-M.
 *
 * The program's modules are loaded and linked here, too, so that its function declarations are constants like the
 * builtins; the body of the first module runs on the device. What modules declare otherwise are variables: an array in
 * RAM that the machine shows to the collector. Functions can be written to: the engine makes a copy in RAM then (alias).
 *
 * Frozen means: properties cannot be added, deleted or written. The prototypes in `overridden` are an exception: what
 * they define stays writable in flags, though not in fact (a write to one of their own properties is a TypeError as
 * well), so that objects that inherit from them may have properties of their own by these names, such as
 * `this.name = "MyError"`. Each of these costs one pointer of RAM.
 *
 * A program has one machine or several (priority levels). Each has variables of its own, so each has an instance of its
 * own of its entry module: a body, function instances, variables. Builtins, names, native functions and bytecode are
 * there once. An entry that is named twice is loaded twice, under two names ("main", "main#1"). Functions that a machine
 * may copy are numbered within their instance, since no machine sees another's.
 *
 * What its library declares is made here (functions $preload0, …: tools/preload.ts): functions and classes become
 * constants, other objects slots in RAM with these values. An array that has items then is a table: it and its items are
 * constants, too, and a write to it is a TypeError. An empty one lies in RAM and may grow.
 *
 * What is written, write.c writes. Stripping (strip.c): -d writes what the machine holds instead, for the build to decide what is not needed; -s leaves
 * that out.
 *
 * Usage: stator-rom -d machine.txt program.c [ENTRY ...]
 *        stator-rom -o rom.c [-s left-out.txt] program.c [ENTRY ...]   (the entry modules of the machines; default: the first module)
 * Exit code: 0 written, 1 something in the machine cannot be written, 2 wrong usage or unreadable file.
 */
#define _GNU_SOURCE
#include "rom.h"

#include <dlfcn.h>

#include "image.h"
#include "strip.h"

txSlot *heap, *heap_end;
int *numbers;
char *builtin; /* by place in the heap: made before the program was loaded */
int slot_count, variable_count;

instance instances[INSTANCES_MAX];
int instance_count;
static char *owner; /* by place in the heap: SHARED, or the number of the instance from 1 */
/* By place: */
static bool *settled;   /* seen when an entry had been loaded */
static bool *preloaded; /* made by the library when it was run here */
bool *in_object;
static bool *ran;       /* an export that was run already */

void fail(const char *what, const char *detail, long number)
{
	fprintf(stderr, "stator-rom: %s%s (%ld)\n", what, detail, number);
	exit(1);
}

/* What the engine asks of its platform, as far as making a machine needs it. */
void *stator_malloc(size_t size) { return malloc(size); }
void *stator_calloc(size_t count, size_t size) { return calloc(count, size); }
void *stator_realloc(void *block, size_t size) { return realloc(block, size); }
void stator_free(void *block) { free(block); }
void stator_note_throw(txMachine *the) { (void)the; }
void *fxAllocateChunks(txMachine *the, txSize size) { (void)the; return malloc((size_t)size); }
void fxFreeChunks(txMachine *the, void *chunks) { (void)the; free(chunks); }
txSlot *fxAllocateSlots(txMachine *the, txSize count) { (void)the; return calloc((size_t)count, sizeof(txSlot)); }
void fxFreeSlots(txMachine *the, void *slots) { (void)the; free(slots); }
void fxCreateMachinePlatform(txMachine *the) { (void)the; }
void fxDeleteMachinePlatform(txMachine *the) { (void)the; }
void fxQueuePromiseJobs(txMachine *the) { (void)the; }
txScript *fxParseScript(txMachine *the, void *stream, txGetter getter, txUnsigned flags) { (void)the; (void)stream; (void)getter; (void)flags; return NULL; }

void fxAbort(txMachine *the, int status)
{
	(void)the;
	fail("the engine ended", "", status);
}

/* The program's modules are loaded and linked; those with native functions run, which binds these; entry modules do not: a stand-in takes the body's place. */
program_file program;
static program_module *binding;
static txSlot *body, *stand_in;

static bool is_entry(const char *name)
{
	for (int i = 0; i < instance_count; i++)
		if (!strcmp(instances[i].name, name))
			return true;
	return false;
}

static program_module *find_module(const char *name)
{
	size_t length = strcspn(name, "#"); /* "main#1" is "main" once more */
	for (int i = 0; i < program.module_count; i++)
		if (strlen(program.modules[i].name) == length && !strncmp(program.modules[i].name, name, length))
			return &program.modules[i];
	return NULL;
}

txID fxFindModule(txMachine *the, txSlot *realm, txID importer, txSlot *specifier)
{
	(void)realm;
	(void)importer;
	const char *name = fxToString(the, specifier);
	program_module *module = find_module(name);
	if (!module)
		return XS_NO_ID;
	for (int i = 0; i < instance_count; i++)
		if (!strcmp(instances[i].name, name))
			return fxNewNameX(the, (txString)instances[i].name); /* the engine keeps the address */
	return fxNewNameX(the, module->name);
}

static void called_here(txMachine *the)
{
	mxTypeError("a native function is called outside of a task and of the first module");
}

static void bind_hosts(txMachine *the)
{
	for (int i = 0; i < binding->host_count; i++)
		binding->hosts[i].callback = called_here;
	fxBuildHosts(the, binding->host_count, binding->hosts);
	mxPullSlot(mxResult);
}

static void keep_body(txMachine *the, txSlot *module)
{
	txSlot *execute = mxModuleExecute(module);
	if (execute->value.reference->value.instance.prototype == mxAsyncFunctionPrototype.value.reference)
		fail("await outside of a function is not for XS: ", "put it into a task", 0);
	body->kind = stand_in->kind = XS_REFERENCE_KIND;
	body->value = execute->value;
	fxNewHostFunction(the, fx_isNaN, 0, XS_NO_ID, XS_NO_ID);
	stand_in->value = execute->value = the->stack->value;
	mxPop();
}

void fxLoadModule(txMachine *the, txSlot *module, txID id)
{
	const char *name = fxGetKeyName(the, id);
	binding = find_module(name);
	txScript script = {
		.callback = binding->host_count ? bind_hosts : NULL,
		.codeBuffer = (txS1 *)binding->code,
		.codeSize = (txSize)binding->size,
		.path = binding->name,
		.version = { XS_MAJOR_VERSION, XS_MINOR_VERSION, XS_PATCH_VERSION, 0 },
	};
	fxResolveModule(the, module, id, &script, NULL, NULL);
	if (is_entry(name))
		keep_body(the, module);
}

/* The C name of something that the engine's sources define. */
const char *symbol_of(const void *address)
{
	Dl_info info;
	if (!dladdr(address, &info) || !info.dli_sname || info.dli_saddr != address)
		fail("a function or table has no global name", "", (long)address);
	return info.dli_sname;
}

static void find_heap(txMachine *the)
{
	if (the->firstHeap->next)
		fail("the heap is in several blocks", "", 0);
	heap = the->firstHeap + 1;
	heap_end = the->firstHeap->value.reference;
	numbers = calloc((size_t)(heap_end - heap), sizeof *numbers);
	builtin = calloc((size_t)(heap_end - heap), sizeof *builtin);
	owner = calloc((size_t)(heap_end - heap), sizeof *owner);
	settled = calloc((size_t)(heap_end - heap), sizeof *settled);
	preloaded = calloc((size_t)(heap_end - heap), sizeof *preloaded);
	in_object = calloc((size_t)(heap_end - heap), sizeof *in_object);
	ran = calloc((size_t)(heap_end - heap), sizeof *ran);
}

static void note_free(txMachine *the)
{
	memset(numbers, 0, (size_t)(heap_end - heap) * sizeof *numbers);
	for (const txSlot *at = the->freeHeap; at; at = at->next)
		numbers[at - heap] = FREE;
}

static void note_builtins(txMachine *the)
{
	note_free(the);
	for (const txSlot *slot = heap; slot < heap_end; slot++)
		builtin[slot - heap] = numbers[slot - heap] != FREE;
}

bool in_use(const txSlot *slot)
{
	return numbers[slot - heap] != FREE;
}

/* What was made since the last call belongs to one instance, or to all (SHARED). */
static void note_owner(txMachine *the, int number)
{
	static char *known;
	if (!known)
		known = calloc((size_t)(heap_end - heap), sizeof *known);
	fxCollectGarbage(the);
	note_free(the);
	for (const txSlot *slot = heap; slot < heap_end; slot++) {
		if (in_use(slot) && !known[slot - heap])
			owner[slot - heap] = (char)number;
		known[slot - heap] = in_use(slot);
	}
}

static void drop_number(const txSlot *slot)
{
	numbers[slot - heap] = FREE;
}

static bool is_reference(const txSlot *slot)
{
	return slot->kind == XS_REFERENCE_KIND || slot->kind == XS_HOST_FUNCTION_KIND;
}

static txSlot *declared_at(const txSlot *slot)
{
	txSlot *declared = slot->kind == XS_CLOSURE_KIND ? slot->value.closure : slot->kind == XS_EXPORT_KIND ? slot->value.export.closure : NULL;
	return declared && !builtin[declared - heap] ? declared : NULL;
}

/* Once modules are linked: what they declare and what is set already are functions, and stays what it is. */
static void note_linked(txMachine *the)
{
	note_free(the);
	for (txSlot *slot = heap; slot < heap_end; slot++)
		if (!in_use(slot))
			settled[slot - heap] = preloaded[slot - heap] = false;
	for (txSlot *slot = heap; slot < heap_end; slot++) {
		txSlot *declared = in_use(slot) ? declared_at(slot) : NULL;
		if (declared && !settled[declared - heap] && is_reference(declared))
			declared->flag |= XS_DONT_SET_FLAG;
	}
	for (txSlot *slot = heap; slot < heap_end; slot++)
		settled[slot - heap] = in_use(slot);
}

/* Once the library has run, without a collection since. */
static void note_preloaded(txMachine *the)
{
	note_free(the);
	for (txSlot *slot = heap; slot < heap_end; slot++)
		if (in_use(slot) && !settled[slot - heap])
			settled[slot - heap] = preloaded[slot - heap] = true;
}

/* Variables lie in RAM, what cannot be set in flash. */
static void sort_declared(const txSlot *slot)
{
	txSlot *declared = declared_at(slot);
	if (declared && numbers[declared - heap] < VARIABLE && !(is_reference(declared) && (declared->flag & XS_DONT_SET_FLAG)))
		numbers[declared - heap] = VARIABLE + variable_count++;
}

static bool is_prototype(const txSlot *instance)
{
	for (const txSlot *slot = heap; slot < heap_end; slot++)
		if (in_use(slot) && slot->kind == XS_REFERENCE_KIND && slot->value.reference == instance && slot->ID == mxID(_prototype) && !(slot->flag & XS_INTERNAL_FLAG))
			return true;
	return false;
}

static bool has_items(const txSlot *instance)
{
	const txSlot *first = instance->next;
	return first && first->kind == XS_ARRAY_KIND && first->value.array.address;
}

/* Objects that the library has made, other than functions, their prototypes and scopes, and tables, lie in RAM with their properties. */
static bool is_constant_object(const txSlot *instance)
{
	const txSlot *first = instance->next;
	return has_items(instance) || (first && (mxIsFunction(instance) || ((first->flag & XS_INTERNAL_FLAG) && first->ID == XS_ENVIRONMENT_BEHAVIOR))) || is_prototype(instance);
}

static void sort_objects_by(int number)
{
	for (txSlot *slot = heap; slot < heap_end; slot++)
		if (in_use(slot) && owner[slot - heap] == number && slot->kind == XS_INSTANCE_KIND && preloaded[slot - heap] && !is_constant_object(slot))
			for (const txSlot *part = slot; part; part = part->next) {
				in_object[part - heap] = true;
				numbers[part - heap] = VARIABLE + variable_count++;
			}
}

static void sort_declared_by(int number)
{
	for (txSlot *slot = heap; slot < heap_end; slot++) {
		if (!in_use(slot) || owner[slot - heap] != number)
			continue;
		sort_declared(slot);
	}
}

/* Gives every slot in use its number in the image; each instance's variables stand together. */
static void number_slots(txMachine *the)
{
	note_free(the);
	drop_keys(the, drop_number);
	sort_declared_by(SHARED);
	if (variable_count > 0)
		fail("a native module has variables", "", variable_count);
	for (int i = 0; i < instance_count; i++) {
		instances[i].first_variable = variable_count;
		sort_declared_by(i + 1);
		sort_objects_by(i + 1);
		instances[i].variable_count = variable_count - instances[i].first_variable;
	}
	for (txSlot *slot = heap; slot < heap_end; slot++)
		if (in_use(slot) && numbers[slot - heap] < VARIABLE)
			numbers[slot - heap] = slot_count++;
}

static void freeze_items(txSlot *array)
{
	txIndex size = fxGetIndexSize(NULL, array);
	for (txSlot *item = array->value.array.address; size > 0; item++, size--)
		item->flag |= item->kind == XS_ACCESSOR_KIND ? XS_DONT_DELETE_FLAG : XS_DONT_DELETE_FLAG | XS_DONT_SET_FLAG;
}

static void freeze(txSlot *instance, bool writable)
{
	instance->flag |= XS_DONT_PATCH_FLAG;
	for (txSlot *property = instance->next; property; property = property->next) {
		if (property->kind == XS_ARRAY_KIND) {
			freeze_items(property);
			property->flag |= XS_DONT_SET_FLAG;
		}
		if (property->flag & XS_INTERNAL_FLAG)
			continue;
		property->flag |= XS_DONT_DELETE_FLAG;
		if (property->kind != XS_ACCESSOR_KIND && !writable)
			property->flag |= XS_DONT_SET_FLAG;
	}
}

static bool overridden(txMachine *the, const txSlot *instance)
{
	const txSlot *const prototypes[] = {
		&mxObjectPrototype, &mxFunctionPrototype, &mxArrayPrototype, &mxPromisePrototype, &mxMapPrototype, &mxSetPrototype,
		&mxErrorPrototype, &mxEvalErrorPrototype, &mxRangeErrorPrototype, &mxReferenceErrorPrototype, &mxSyntaxErrorPrototype,
		&mxTypeErrorPrototype, &mxURIErrorPrototype, &mxAggregateErrorPrototype, &mxIteratorPrototype,
	};
	for (size_t i = 0; i < sizeof prototypes / sizeof *prototypes; i++)
		if (prototypes[i]->value.reference == instance)
			return true;
	return false;
}

static bool is_constant(const txSlot *instance)
{
	return numbers[instance - heap] < VARIABLE && !(instance->flag & (XS_EXOTIC_FLAG | XS_DONT_PATCH_FLAG));
}

/*
 * The builtins are frozen, and the library's tables. The program's functions are not: each is copied into RAM by the first
 * write to its properties, which takes a pointer of RAM for each. Classes of the library get no properties either, but
 * what they have can be overridden in objects.
 */
static int freeze_owned(txMachine *the, int number, int alias_count)
{
	for (txSlot *slot = heap; slot < heap_end; slot++) {
		if (!in_use(slot) || slot->kind != XS_INSTANCE_KIND || owner[slot - heap] != number)
			continue;
		bool copied = builtin[slot - heap] ? overridden(the, slot) : is_constant(slot) && !preloaded[slot - heap];
		/* The library's own functions are frozen like builtins: nobody gives them properties, and each copy costs a pointer. */
		if (builtin[slot - heap] || has_items(slot) || (preloaded[slot - heap] && mxIsFunction(slot)))
			freeze(slot, copied);
		else if (is_constant(slot) && !copied)
			slot->flag |= XS_DONT_PATCH_FLAG;
		slot->ID = copied ? (txID)alias_count++ : XS_NO_ID;
	}
	return alias_count;
}

static void freeze_all(txMachine *the)
{
	int shared = freeze_owned(the, SHARED, 1);
	for (int i = 0; i < instance_count; i++)
		instances[i].alias_count = freeze_owned(the, i + 1, shared);
}

/* A plain object, and without `global` and `globalThis`: these are each machine's own. */
static void plain_global(txMachine *the)
{
	txSlot *global = mxGlobal.value.reference;
	global->flag &= (txFlag)~XS_EXOTIC_FLAG;
	global->next = global->next->next;
	for (txSlot **address = &global->next; *address;) {
		if ((*address)->ID == mxID(_global) || (*address)->ID == mxID(_globalThis))
			*address = (*address)->next;
		else
			address = &(*address)->next;
	}
}

static void show_exception(txMachine *the)
{
	volatile txString text = "unknown";
	mxTry(the) {
		mxPush(mxException);
		text = fxToString(the, the->stack);
	}
	mxCatch(the) {
	}
	fail("the program cannot be loaded: ", text, 0);
}

/* The functions that the build has made of what the library declares, of the entry that was loaded last. */
static void run_preload(txMachine *the)
{
	char name[32];
	for (int number = 0;; number++) {
		snprintf(name, sizeof name, "$preload%d", number);
		txID id = fxFindName(the, name);
		txSlot *found = NULL;
		for (txSlot *slot = heap; id && slot < heap_end && !found; slot++)
			if (in_use(slot) && slot->kind == XS_EXPORT_KIND && slot->ID == id && slot->value.export.closure && !ran[slot - heap])
				found = slot;
		if (!found)
			return;
		ran[found - heap] = true;
		mxPushUndefined();
		mxPushSlot(found->value.export.closure);
		mxCall();
		mxRunCount(0);
		mxPop();
	}
}

static void import(txMachine *the, const char *name)
{
	mxTry(the) {
		mxPushStringX((txString)name);
		fxAwaitImport(the, XS_IMPORT_NAMESPACE);
		mxPop();
		note_linked(the);
		the->collectFlag &= (txFlag)~XS_COLLECTING_FLAG; /* the heap is large enough, and what is noted goes by place */
		run_preload(the);
		the->collectFlag |= XS_COLLECTING_FLAG;
		note_preloaded(the);
	}
	mxCatch(the) {
		show_exception(the);
	}
}

/* Keeps the bodies alive: an object with a reference to each. The debugger's inspectors, who do not exist, lend their place;
   from detach() on mxHosts is it, which loading modules uses before. */
static void keep_bodies(txMachine *the)
{
	fxNewInstance(the);
	the->stack->value.reference->flag |= XS_DONT_PATCH_FLAG;
	mxHostInspectors.kind = the->stack->kind;
	mxHostInspectors.value = the->stack->value;
	mxPop();
}

/* Native modules are bound first: all instances share them. */
static void load_natives(txMachine *the)
{
	fxBeginHost(the);
	for (int i = 0; i < program.module_count; i++)
		if (program.modules[i].host_count)
			import(the, program.modules[i].name);
	fxEndHost(the);
	note_owner(the, SHARED);
}

/* Loads and links an entry module; its body gets the scope that the engine has given to the stand-in. */
static void load_instance(txMachine *the, int number)
{
	fxBeginHost(the);
	mxPushUndefined();
	body = the->stack;
	mxPushUndefined();
	stand_in = the->stack;
	import(the, instances[number].name);
	mxFunctionInstanceCode(body->value.reference)->value.code.closures = mxFunctionInstanceCode(stand_in->value.reference)->value.callback.closures;
	txSlot *kept = fxNewSlot(the);
	kept->kind = body->kind;
	kept->value = body->value;
	kept->next = mxHostInspectors.value.reference->next;
	mxHostInspectors.value.reference->next = kept;
	instances[number].body = body->value.reference;
	fxEndHost(the);
	note_owner(the, number + 1);
}

/* What belongs to one machine goes. A module without a realm takes that of the machine it runs in. */
static void detach(txMachine *the)
{
	txSlot *realm = mxModuleInstanceInternal(mxProgram.value.reference)->value.module.realm;
	txSlot *modules = mxOwnModules(realm)->value.reference;
	for (txSlot *module = modules->next; module; module = module->next)
		mxModuleInternal(module)->value.module.realm = NULL;
	modules->next = NULL;
	mxException.kind = XS_REFERENCE_KIND;
	mxException.value.reference = mxRealmClosures(realm)->value.reference;
	mxProgram.value.reference = modules;
	mxHosts.kind = mxHostInspectors.kind;
	mxHosts.value = mxHostInspectors.value;
	mxModuleQueue = mxUnhandledPromises = mxDuringJobs = mxFinalizationRegistries = mxPendingJobs = mxRunningJobs = mxUndefined;
	mxBreakpoints = mxHostInspectors = mxInstanceInspectors = mxUndefined;
}

static txMachine *make(void)
{
	txCreation creation = {
		.initialChunkSize = 1 << 20, .incrementalChunkSize = 1 << 20, .initialHeapCount = 1 << 17, .incrementalHeapCount = 1 << 16,
		.stackCount = 4096, .initialKeyCount = 0x7FFF, .nameModulo = STATOR_NAME_MODULO, .symbolModulo = STATOR_SYMBOL_MODULO,
	};
	txMachine *the = fxCreateMachine(&creation, "stator-rom", NULL, XS_NO_ID);
	if (!the)
		fail("no machine", "", 0);
	int32_t wrong = stator_rom_names(the, &program.names);
	if (wrong >= 0)
		fail("a name has another ID than the bytecode expects: ", program.names.names[wrong], wrong);
	plain_global(the);
	fxCollectGarbage(the);
	find_heap(the);
	note_builtins(the);
	keep_bodies(the);
	load_natives(the);
	for (int i = 0; i < instance_count; i++)
		load_instance(the, i);
	detach(the);
	fxCollectGarbage(the);
	return the;
}

/* The machines' entry modules, in their order. */
static void name_instances(char **entries, int count)
{
	if (count > INSTANCES_MAX)
		fail("more machines than there can be", "", count);
	for (int i = 0; i < count; i++) {
		int earlier = 0;
		for (int j = 0; j < i; j++)
			earlier += !strcmp(entries[j], entries[i]);
		char *name = entries[i];
		if (earlier && asprintf(&name, "%s#%d", entries[i], earlier) < 0)
			fail("no memory", "", 0);
		if (!find_module(name))
			fail("no module of this name: ", name, i);
		instances[instance_count++].name = name;
	}
}

static int usage(void)
{
	fprintf(stderr, "usage: stator-rom -o rom.c [-s left-out.txt] program.c [ENTRY ...]\n       stator-rom -d machine.txt program.c [ENTRY ...]\n");
	return 2;
}

static int cannot(const char *what, const char *path)
{
	fprintf(stderr, "stator-rom: cannot %s %s: %s\n", what, path, strerror(errno));
	return 2;
}

int main(int argc, char **argv)
{
	bool describes = argc > 3 && !strcmp(argv[1], "-d");
	const char *left_out = argc > 5 && !strcmp(argv[3], "-s") ? argv[4] : NULL;
	int at = left_out ? 5 : 3;
	if (argc <= at || (describes ? left_out != NULL : strcmp(argv[1], "-o")))
		return usage();
	if (!read_program(argv[at], &program)) {
		fprintf(stderr, "stator-rom: %s is no program of stator-xsc\n", argv[at]);
		return 2;
	}
	if (argc > at + 1)
		name_instances(argv + at + 1, argc - at - 1);
	else
		name_instances(&program.modules[0].name, 1);
	txMachine *the = make();
	if (left_out && !leave_out(the, left_out))
		return cannot("read", left_out);
	FILE *out = fopen(argv[2], "w");
	if (!out)
		return cannot("write", argv[2]);
	if (describes) {
		note_free(the);
		describe(the, out, in_use);
	} else {
		number_slots(the);
		freeze_all(the);
		write_image(the, out);
	}
	return fclose(out) ? cannot("write", argv[2]) : 0;
}
