/* What xsl writes of a program: that its machine is there. */
xsMachine *xsPreparationOf(void);
#define xsPreparation() ((void *)xsPreparationOf())
