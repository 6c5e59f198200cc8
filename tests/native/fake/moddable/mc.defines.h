/* What mcconfig writes of "defines" in the manifests: nothing is set. */
