update dossier set title = 'A!' where id = 1;
