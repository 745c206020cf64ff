"""Where bytes come from: folders, servers, feeds. Connectors list and open; they never write and never decide."""
