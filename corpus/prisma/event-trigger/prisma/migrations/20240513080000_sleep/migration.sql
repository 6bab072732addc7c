alter event trigger watch_tables disable;
