INSERT INTO "Country" ("code", "name", "eu") VALUES
    ('AT', 'Austria', true),
    ('CH', 'Switzerland', DEFAULT),
    ('CI', 'Côte d''Ivoire', false);
