alter table dossier drop column secret;
