drop rule no_update on memento;
