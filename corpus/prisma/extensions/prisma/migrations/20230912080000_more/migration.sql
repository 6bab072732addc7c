create schema if not exists extensions;
create extension pg_trgm with schema extensions;
create extension if not exists unaccent;
create extension if not exists pgcrypto;
