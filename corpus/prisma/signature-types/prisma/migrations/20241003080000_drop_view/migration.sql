DROP VIEW "label_texts" CASCADE;
