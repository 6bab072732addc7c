drop rule kept on memento;
