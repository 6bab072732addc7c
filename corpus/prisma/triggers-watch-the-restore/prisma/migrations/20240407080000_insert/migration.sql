insert into dossier (title) values ('C');
