/* How the engine finds the modules of a program: by name, among those that stator-xsc wrote (stator-program.h). */
#include "xsAll.h"

#include "stator-program.h"

static const stator_module *find(const char *name)
{
	for (uint32_t i = 0; i < stator_the_program.module_count; i++)
		if (!c_strcmp(stator_the_program.modules[i].name, name))
			return &stator_the_program.modules[i];
	return NULL;
}

/* Engine hook: the bundler has resolved every specifier already, so a name is a name. */
txID fxFindModule(txMachine *the, txSlot *realm, txID importer, txSlot *specifier)
{
	char name[C_PATH_MAX];
	(void)realm;
	(void)importer;
	fxToStringBuffer(the, specifier, name, sizeof name);
	const stator_module *module = find(name);
	return module ? fxNewNameX(the, (txString)module->name) : XS_NO_ID;
}

/* Engine hook: runs the module's bytecode where it lies. */
void fxLoadModule(txMachine *the, txSlot *module, txID id)
{
	const stator_module *found = find(fxGetKeyName(the, id));
	if (!found)
		return;
	txScript script = {
		.callback = (void *)found->bind,
		.codeBuffer = (txS1 *)found->code,
		.codeSize = (txSize)found->size,
		.path = (txString)found->name,
		.version = { XS_MAJOR_VERSION, XS_MINOR_VERSION, XS_PATCH_VERSION, 0 },
	};
	fxResolveModule(the, module, id, &script, NULL, NULL);
}

/* Engine hook: there is no parser on the target; eval and new Function end here. */
txScript *fxParseScript(txMachine *the, void *stream, txGetter getter, txUnsigned flags)
{
	(void)stream;
	(void)getter;
	(void)flags;
	mxSyntaxError("no parser on the target: eval, new Function and the like cannot be used");
	return NULL;
}

void stator_bind_hosts(txMachine *the, int count, const stator_host_function *functions)
{
	_Static_assert(sizeof(stator_host_function) == sizeof(txHostFunctionBuilder), "the engine's builder has the same layout");
	_Static_assert(offsetof(stator_host_function, length) == offsetof(txHostFunctionBuilder, length), "the engine's builder has the same layout");
	_Static_assert(offsetof(stator_host_function, id) == offsetof(txHostFunctionBuilder, id), "the engine's builder has the same layout");
	fxBuildHosts(the, count, (const txHostFunctionBuilder *)functions);
	mxPullSlot(mxResult);
}
