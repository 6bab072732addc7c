create extension file_fdw;
create server files foreign data wrapper file_fdw;
create foreign table nothing (name text, x text) server files options (filename '/dev/null', format 'text', delimiter ':');
