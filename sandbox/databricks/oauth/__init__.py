"""OAuth of the workspace: service principals, and people who let an app act as themselves."""
