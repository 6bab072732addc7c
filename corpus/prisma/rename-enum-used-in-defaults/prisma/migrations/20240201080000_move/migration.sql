create schema types;
alter type "EntryKind" set schema types;
