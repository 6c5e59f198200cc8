/* What native/moddable/device includes of the engine: nothing that it uses. */
