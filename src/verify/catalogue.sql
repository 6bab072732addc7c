-- The full catalogue of a database: one row an object, its description and its definition.
-- Run with an empty search_path, so that every name but pg_catalog's comes out qualified. PostgreSQL 15 and later.
WITH
ns AS MATERIALIZED (
    SELECT oid, quote_ident(nspname) AS name, nspowner, nspacl
    FROM pg_namespace
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
),
ext AS MATERIALIZED (
    SELECT classid, objid FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
),
rel AS MATERIALIZED (
    SELECT c.*, n.name || '.' || quote_ident(c.relname) AS name
    FROM pg_class c JOIN ns n ON n.oid = c.relnamespace
    WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'c', 'S', 'f')
      AND c.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_class'::regclass)
      AND c.reltype NOT IN (SELECT objid FROM ext WHERE classid = 'pg_type'::regclass)
),
typ AS MATERIALIZED (
    SELECT t.*, n.name || '.' || quote_ident(t.typname) AS name
    FROM pg_type t JOIN ns n ON n.oid = t.typnamespace
    WHERE t.oid >= 16384 AND t.typtype IN ('e', 'd', 'r', 'b') AND t.typcategory <> 'A'
      AND t.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_type'::regclass)
),
fun AS MATERIALIZED (
    SELECT p.*,
           CASE p.prokind WHEN 'p' THEN 'procedure ' WHEN 'a' THEN 'aggregate ' ELSE 'function ' END
               || n.name || '.' || quote_ident(p.proname)
               || '(' || pg_get_function_identity_arguments(p.oid) || ')' AS name
    FROM pg_proc p JOIN ns n ON n.oid = p.pronamespace
    WHERE p.oid >= 16384 AND p.oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_proc'::regclass)
      -- A range type's own constructors come and go with it.
      AND p.oid NOT IN (SELECT objid FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid >= 16384 AND deptype = 'i')
),
acl AS (
    SELECT CASE relkind WHEN 'S' THEN 'sequence ' ELSE 'table ' END || name AS what, relacl AS given,
           acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner) AS fallback
    FROM rel WHERE relacl IS NOT NULL
    UNION ALL
    SELECT 'column ' || r.name || '.' || quote_ident(a.attname), a.attacl, NULL
    FROM pg_attribute a JOIN rel r ON r.oid = a.attrelid
    WHERE a.attacl IS NOT NULL AND NOT a.attisdropped
    UNION ALL
    SELECT name, proacl, acldefault('f', proowner) FROM fun WHERE proacl IS NOT NULL
    UNION ALL
    SELECT 'type ' || name, typacl, acldefault('T', typowner) FROM typ WHERE typacl IS NOT NULL
    UNION ALL
    SELECT 'type ' || r.name, t.typacl, acldefault('T', t.typowner)
    FROM rel r JOIN pg_type t ON t.oid = r.reltype WHERE t.typacl IS NOT NULL
    UNION ALL
    SELECT 'schema ' || name, nspacl, acldefault('n', nspowner) FROM ns WHERE nspacl IS NOT NULL
    UNION ALL
    SELECT 'language ' || quote_ident(lanname), lanacl, acldefault('l', lanowner)
    FROM pg_language WHERE lanacl IS NOT NULL
    UNION ALL
    SELECT 'foreign-data wrapper ' || quote_ident(fdwname), fdwacl, acldefault('F', fdwowner)
    FROM pg_foreign_data_wrapper WHERE fdwacl IS NOT NULL
    UNION ALL
    SELECT 'server ' || quote_ident(srvname), srvacl, acldefault('S', srvowner)
    FROM pg_foreign_server WHERE srvacl IS NOT NULL
),
-- Operators and the like: rare, so their definition is the catalogue row itself, less what is not reproducible.
rare AS (
    SELECT 'pg_operator'::regclass AS class, oid,
           to_jsonb(o) - '{oid,oprnamespace,oprcom,oprnegate,oprowner,oprleft,oprright,oprresult}'::text[]
               || jsonb_build_object('result', oprresult::regtype, 'commutator', oprcom::regoperator,
                                     'negator', oprnegate::regoperator, 'owner', pg_get_userbyid(oprowner)) AS def
    FROM pg_operator o WHERE oid >= 16384
    UNION ALL
    SELECT 'pg_opfamily'::regclass, oid, jsonb_build_object('owner', pg_get_userbyid(opfowner), 'members',
               (SELECT jsonb_agg(x ORDER BY x) FROM (
                    SELECT concat_ws(' ', 'operator', amopstrategy, amopopr::regoperator, amoppurpose) AS x
                    FROM pg_amop WHERE amopfamily = f.oid
                    UNION ALL
                    SELECT concat_ws(' ', 'function', amprocnum, amproc::regprocedure)
                    FROM pg_amproc WHERE amprocfamily = f.oid) m))
    FROM pg_opfamily f WHERE oid >= 16384
    UNION ALL
    SELECT 'pg_opclass'::regclass, oid, jsonb_build_object('type', opcintype::regtype, 'default', opcdefault,
               'key', opckeytype::regtype, 'family', (pg_identify_object('pg_opfamily'::regclass, opcfamily, 0)).identity)
    FROM pg_opclass WHERE oid >= 16384
    UNION ALL
    SELECT 'pg_collation'::regclass, oid, to_jsonb(c) - '{oid,collnamespace,collowner,collversion}'::text[]
    FROM pg_collation c WHERE oid >= 16384
    UNION ALL
    SELECT 'pg_conversion'::regclass, oid, to_jsonb(c) - '{oid,connamespace,conowner}'::text[]
    FROM pg_conversion c WHERE oid >= 16384
    UNION ALL
    SELECT 'pg_cast'::regclass, oid,
           jsonb_build_object('function', castfunc::regprocedure, 'context', castcontext, 'method', castmethod)
    FROM pg_cast WHERE oid >= 16384
    UNION ALL
    SELECT 'pg_transform'::regclass, oid,
           jsonb_build_object('from', trffromsql::regprocedure, 'to', trftosql::regprocedure)
    FROM pg_transform WHERE oid >= 16384
    UNION ALL
    SELECT 'pg_language'::regclass, oid, to_jsonb(l) - '{oid,lanowner,lanacl,lanplcallfoid,laninline,lanvalidator}'::text[]
    FROM pg_language l WHERE oid >= 16384
    UNION ALL
    SELECT 'pg_am'::regclass, oid, to_jsonb(a) - 'oid' FROM pg_am a WHERE oid >= 16384
    UNION ALL
    SELECT 'pg_ts_parser'::regclass, oid, to_jsonb(p) - '{oid,prsnamespace}'::text[] FROM pg_ts_parser p WHERE oid >= 16384
    UNION ALL
    SELECT 'pg_ts_template'::regclass, oid, to_jsonb(t) - '{oid,tmplnamespace}'::text[]
    FROM pg_ts_template t WHERE oid >= 16384
    UNION ALL
    SELECT 'pg_ts_dict'::regclass, oid, jsonb_build_object('options', dictinitoption, 'template',
               (pg_identify_object('pg_ts_template'::regclass, dicttemplate, 0)).identity)
    FROM pg_ts_dict WHERE oid >= 16384
    UNION ALL
    SELECT 'pg_ts_config'::regclass, oid, jsonb_build_object(
               'parser', (pg_identify_object('pg_ts_parser'::regclass, cfgparser, 0)).identity,
               'map', (SELECT jsonb_agg(jsonb_build_array(maptokentype, mapdict::regdictionary)
                                        ORDER BY maptokentype, mapseqno)
                       FROM pg_ts_config_map WHERE mapcfg = c.oid))
    FROM pg_ts_config c WHERE oid >= 16384
    UNION ALL
    SELECT 'pg_foreign_data_wrapper'::regclass, oid, jsonb_build_object('handler', fdwhandler::regproc,
               'validator', fdwvalidator::regproc, 'options', fdwoptions, 'owner', pg_get_userbyid(fdwowner))
    FROM pg_foreign_data_wrapper WHERE oid >= 16384
    UNION ALL
    SELECT 'pg_foreign_server'::regclass, s.oid, jsonb_build_object('wrapper', f.fdwname, 'type', srvtype,
               'version', srvversion, 'options', srvoptions, 'owner', pg_get_userbyid(srvowner))
    FROM pg_foreign_server s JOIN pg_foreign_data_wrapper f ON f.oid = s.srvfdw WHERE s.oid >= 16384
    UNION ALL
    SELECT 'pg_user_mapping'::regclass, umid, jsonb_build_object('options', umoptions)
    FROM pg_user_mappings WHERE umid >= 16384
    UNION ALL
    SELECT 'pg_event_trigger'::regclass, oid, jsonb_build_object('event', evtevent, 'function', evtfoid::regprocedure,
               'enabled', evtenabled, 'tags', evttags, 'owner', pg_get_userbyid(evtowner))
    FROM pg_event_trigger WHERE oid >= 16384
    UNION ALL
    SELECT 'pg_publication'::regclass, oid,
           to_jsonb(p) - '{oid,pubowner}'::text[] || jsonb_build_object('owner', pg_get_userbyid(pubowner))
    FROM pg_publication p WHERE oid >= 16384
)
SELECT 'schema ' || name, 'owner ' || pg_get_userbyid(nspowner)
FROM ns WHERE oid NOT IN (SELECT objid FROM ext WHERE classid = 'pg_namespace'::regclass)

UNION ALL
SELECT CASE r.relkind WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view ' WHEN 'c' THEN 'type ' WHEN 'f' THEN 'foreign table '
                      ELSE 'table ' END || r.name,
       concat_ws('; ',
           CASE WHEN r.relkind = 'p' THEN 'partition by ' || pg_get_partkeydef(r.oid) END,
           CASE r.relpersistence WHEN 'u' THEN 'unlogged' WHEN 't' THEN 'temporary' END,
           CASE WHEN r.relispartition
                THEN 'partition of ' || (SELECT inhparent::regclass FROM pg_inherits WHERE inhrelid = r.oid) || ' '
                     || pg_get_expr(r.relpartbound, r.oid)
                WHEN r.relkind IN ('r', 'f')
                THEN 'inherits ' || (SELECT string_agg(inhparent::regclass::text, ', ' ORDER BY inhseqno)
                                     FROM pg_inherits WHERE inhrelid = r.oid) END,
           CASE WHEN r.reloftype <> 0 THEN 'of ' || r.reloftype::regtype END,
           CASE WHEN r.relam NOT IN (0, 2) THEN 'using ' || (SELECT amname FROM pg_am WHERE oid = r.relam) END,
           'with ' || (SELECT string_agg(o, ', ' ORDER BY o) FROM unnest(r.reloptions) o),
           'toast with ' || CASE WHEN r.reltoastrelid <> 0 THEN
               (SELECT reloptions::text FROM pg_class WHERE oid = r.reltoastrelid) END,
           CASE WHEN r.reltablespace <> 0
                THEN 'tablespace ' || (SELECT spcname FROM pg_tablespace WHERE oid = r.reltablespace) END,
           CASE WHEN r.relrowsecurity THEN 'row security' END,
           CASE WHEN r.relforcerowsecurity THEN 'row security forced' END,
           CASE r.relreplident WHEN 'f' THEN 'replica identity full' WHEN 'i' THEN 'replica identity index'
               WHEN 'n' THEN CASE WHEN r.relkind IN ('r', 'p') THEN 'replica identity nothing' END END,
           CASE WHEN r.relkind = 'm' AND NOT r.relispopulated THEN 'not populated' END,
           CASE WHEN r.relkind = 'f' THEN (SELECT concat_ws(' ', 'server', s.srvname, f.ftoptions)
               FROM pg_foreign_table f JOIN pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = r.oid) END,
           'owner ' || pg_get_userbyid(r.relowner),
           CASE WHEN r.relkind IN ('v', 'm') THEN E'as\n' || pg_get_viewdef(r.oid) END)
FROM rel r WHERE r.relkind <> 'S'

UNION ALL
SELECT 'column ' || r.name || '.' || quote_ident(a.attname),
       concat_ws(' ', format_type(a.atttypid, a.atttypmod),
           CASE WHEN a.attcollation <> t.typcollation THEN 'collate ' || a.attcollation::regcollation END,
           CASE WHEN a.attnotnull THEN 'not null' END,
           CASE a.attgenerated WHEN '' THEN 'default ' ELSE 'generated ' || a.attgenerated::text || ' ' END
               || pg_get_expr(d.adbin, d.adrelid),
           CASE a.attidentity WHEN 'a' THEN 'identity always' WHEN 'd' THEN 'identity by default' END,
           CASE WHEN a.attstorage <> t.typstorage THEN 'storage ' || a.attstorage::text END,
           CASE WHEN a.attcompression <> '' THEN 'compression ' || a.attcompression::text END,
           CASE WHEN a.attstattarget >= 0 THEN 'statistics ' || a.attstattarget END,
           'options ' || a.attoptions::text, 'foreign options ' || a.attfdwoptions::text,
           CASE WHEN a.attinhcount > 0 THEN 'inherited ' || a.attinhcount END,
           CASE WHEN a.attinhcount > 0 AND a.attislocal THEN 'and local' END)
FROM rel r
JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE r.relkind <> 'S'

UNION ALL
SELECT 'column order of ' || r.name, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
FROM rel r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE r.relkind <> 'S' GROUP BY r.name

UNION ALL
-- A foreign key to a partitioned table has generated twins for the partitions: not anyone's to define.
SELECT 'constraint ' || r.name || '.' || quote_ident(c.conname),
       concat_ws(' ', pg_get_constraintdef(c.oid),
           CASE WHEN c.contype IN ('p', 'u', 'x') THEN 'by index ' || c.conindid::regclass END,
           CASE WHEN c.coninhcount > 0 THEN 'inherited ' || c.coninhcount END,
           CASE WHEN c.coninhcount > 0 AND c.conislocal THEN 'and local' END)
FROM rel r JOIN pg_constraint c ON c.conrelid = r.oid
LEFT JOIN pg_constraint parent ON parent.oid = c.conparentid
WHERE c.contype IN ('c', 'f', 'p', 'u', 'x') AND (parent.oid IS NULL OR parent.conrelid <> c.conrelid)

UNION ALL
SELECT 'constraint ' || t.name || '.' || quote_ident(c.conname), pg_get_constraintdef(c.oid)
FROM typ t JOIN pg_constraint c ON c.contypid = t.oid
WHERE c.contype = 'c'

UNION ALL
SELECT 'index ' || n.name || '.' || quote_ident(ic.relname),
       concat_ws('; ', pg_get_indexdef(i.indexrelid),
           CASE WHEN NOT i.indisvalid THEN 'invalid' END,
           CASE WHEN i.indisclustered THEN 'clustered' END,
           CASE WHEN i.indisreplident THEN 'replica identity' END,
           CASE WHEN ic.reltablespace <> 0
                THEN 'tablespace ' || (SELECT spcname FROM pg_tablespace WHERE oid = ic.reltablespace) END,
           CASE WHEN ic.relispartition
                THEN 'partition of ' || (SELECT inhparent::regclass FROM pg_inherits WHERE inhrelid = ic.oid) END,
           'statistics ' || (SELECT string_agg(a.attnum || ' ' || a.attstattarget, ', ' ORDER BY a.attnum)
                             FROM pg_attribute a WHERE a.attrelid = ic.oid AND a.attstattarget >= 0))
FROM rel r JOIN pg_index i ON i.indrelid = r.oid JOIN pg_class ic ON ic.oid = i.indexrelid
JOIN ns n ON n.oid = ic.relnamespace

UNION ALL
SELECT 'type ' || t.name,
       concat_ws(' ',
           CASE t.typtype
           WHEN 'e' THEN 'enum (' || (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder)
                                      FROM pg_enum WHERE enumtypid = t.oid) || ')'
           WHEN 'd' THEN concat_ws(' ', 'domain', format_type(t.typbasetype, t.typtypmod),
                CASE WHEN t.typcollation <> (SELECT typcollation FROM pg_type WHERE oid = t.typbasetype)
                     THEN 'collate ' || t.typcollation::regcollation END,
                'default ' || t.typdefault, CASE WHEN t.typnotnull THEN 'not null' END)
           WHEN 'r' THEN (SELECT concat_ws(' ', 'range', rngsubtype::regtype, 'multirange', rngmultitypid::regtype,
                'collate', nullif(rngcollation, 0)::regcollation, 'canonical', nullif(rngcanonical, 0)::regproc,
                'difference', nullif(rngsubdiff, 0)::regproc,
                (pg_identify_object('pg_opclass'::regclass, rngsubopc, 0)).identity)
                FROM pg_range WHERE rngtypid = t.oid)
           ELSE concat_ws(' ', 'base', t.typinput, t.typoutput, t.typlen, t.typalign, t.typstorage) END,
           'owner ' || pg_get_userbyid(t.typowner))
FROM typ t

UNION ALL
SELECT 'sequence ' || r.name,
       concat_ws(' ', format_type(s.seqtypid, NULL), 'increment', s.seqincrement, 'min', s.seqmin, 'max', s.seqmax,
           'start', s.seqstart, 'cache', s.seqcache, CASE WHEN s.seqcycle THEN 'cycle' END,
           CASE r.relpersistence WHEN 'u' THEN 'unlogged' END,
           (SELECT CASE d.deptype WHEN 'i' THEN 'identity of ' ELSE 'owned by ' END || d.refobjid::regclass || '.'
                   || quote_ident(a.attname)
            FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
            WHERE d.classid = 'pg_class'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
              AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0),
           'owner ' || pg_get_userbyid(r.relowner))
FROM rel r JOIN pg_sequence s ON s.seqrelid = r.oid

UNION ALL
SELECT f.name,
       concat_ws(' ', CASE WHEN f.prokind <> 'a' THEN pg_get_functiondef(f.oid) ELSE
           (SELECT (to_jsonb(a) - 'aggfnoid' || jsonb_build_object('aggtranstype', a.aggtranstype::regtype,
                    'aggmtranstype', a.aggmtranstype::regtype, 'aggsortop', a.aggsortop::regoperator,
                    'parallel', f.proparallel, 'result', f.prorettype::regtype))::text
            FROM pg_aggregate a WHERE a.aggfnoid = f.oid) END,
           'owner ' || pg_get_userbyid(f.proowner))
FROM fun f

UNION ALL
SELECT 'trigger ' || r.name || '.' || quote_ident(t.tgname),
       concat_ws('; ', pg_get_triggerdef(t.oid), CASE WHEN t.tgenabled <> 'O' THEN 'enabled ' || t.tgenabled::text END,
                 CASE WHEN t.tgparentid <> 0 THEN 'of the partitioned table' END)
FROM rel r JOIN pg_trigger t ON t.tgrelid = r.oid WHERE NOT t.tgisinternal

UNION ALL
SELECT 'rule ' || r.name || '.' || quote_ident(w.rulename),
       concat_ws('; ', pg_get_ruledef(w.oid), CASE WHEN w.ev_enabled <> 'O' THEN 'enabled ' || w.ev_enabled::text END)
FROM rel r JOIN pg_rewrite w ON w.ev_class = r.oid WHERE w.rulename <> '_RETURN'

UNION ALL
SELECT 'policy ' || r.name || '.' || quote_ident(p.polname),
       concat_ws(' ', CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END, 'for', p.polcmd, 'to',
           (SELECT string_agg(CASE o WHEN 0 THEN 'public' ELSE pg_get_userbyid(o)::text END, ', ' ORDER BY o = 0, pg_get_userbyid(o))
            FROM unnest(p.polroles) o),
           'using ' || pg_get_expr(p.polqual, p.polrelid), 'check ' || pg_get_expr(p.polwithcheck, p.polrelid))
FROM rel r JOIN pg_policy p ON p.polrelid = r.oid

UNION ALL
SELECT 'extension ' || quote_ident(extname), 'version ' || extversion || ' in ' || extnamespace::regnamespace
FROM pg_extension

UNION ALL
SELECT 'comment on ' || i.type || ' ' || i.identity, d.description
FROM (SELECT * FROM pg_description
      WHERE (objoid >= 16384 OR (objoid = 2200 AND classoid = 'pg_namespace'::regclass))
        AND (classoid, objoid) NOT IN (SELECT classid, objid FROM ext) OFFSET 0) d,
     LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) i
WHERE i.schema IS NULL OR i.schema !~ '^pg_'

UNION ALL
SELECT 'grants on ' || what, coalesce(given, 'none')
FROM (SELECT what,
             (SELECT string_agg(x, ', ' ORDER BY x) FROM (
                 SELECT concat(CASE e.grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(e.grantee)::text END, ' ',
                     e.privilege_type, CASE WHEN e.is_grantable THEN ' grantable' END, ' by ', pg_get_userbyid(e.grantor)) AS x
                 FROM aclexplode(acl.given) e) g) AS given,
             (SELECT string_agg(x, ', ' ORDER BY x) FROM (
                 SELECT concat(CASE e.grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(e.grantee)::text END, ' ',
                     e.privilege_type, CASE WHEN e.is_grantable THEN ' grantable' END, ' by ', pg_get_userbyid(e.grantor)) AS x
                 FROM aclexplode(acl.fallback) e) g) AS fallback
      FROM acl) a
WHERE given IS DISTINCT FROM fallback

UNION ALL
SELECT concat_ws(' ', 'default privileges of', pg_get_userbyid(a.defaclrole), 'for', a.defaclobjtype,
                 'in ' || nullif(a.defaclnamespace, 0)::regnamespace),
       (SELECT string_agg(x, ', ' ORDER BY x) FROM (
           SELECT concat(CASE e.grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(e.grantee)::text END, ' ',
               e.privilege_type, CASE WHEN e.is_grantable THEN ' grantable' END) AS x FROM aclexplode(a.defaclacl) e) g)
FROM pg_default_acl a

UNION ALL
SELECT 'publication ' || quote_ident(p.pubname) || ' of table ' || t.prrelid::regclass,
       concat_ws(' ', 'published', 'columns (' || (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attname)
                                       FROM pg_attribute a WHERE a.attrelid = t.prrelid AND a.attnum = ANY (t.prattrs)) || ')',
                 'where ' || pg_get_expr(t.prqual, t.prrelid))
FROM pg_publication_rel t JOIN pg_publication p ON p.oid = t.prpubid

UNION ALL
SELECT 'publication ' || quote_ident(p.pubname) || ' of schema ' || t.pnnspid::regnamespace, 'published'
FROM pg_publication_namespace t JOIN pg_publication p ON p.oid = t.pnpubid

UNION ALL
-- pg_get_statisticsobjdef lists the columns in table order, which is not part of the object.
SELECT 'statistics ' || n.name || '.' || quote_ident(s.stxname),
       concat_ws(' ', s.stxkind::text, 'on', (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attname)
                 FROM pg_attribute a WHERE a.attrelid = s.stxrelid AND a.attnum = ANY (s.stxkeys)),
           pg_get_statisticsobjdef_expressions(s.oid)::text, 'from', s.stxrelid::regclass,
           'target ' || CASE WHEN s.stxstattarget >= 0 THEN s.stxstattarget END,
           'owner ' || pg_get_userbyid(s.stxowner))
FROM pg_statistic_ext s JOIN ns n ON n.oid = s.stxnamespace

UNION ALL
SELECT i.type || ' ' || i.identity, o.def::text
FROM (SELECT * FROM rare WHERE (class, oid) NOT IN (SELECT classid, objid FROM ext) OFFSET 0) o,
     LATERAL pg_identify_object(o.class, o.oid, 0) i

UNION ALL
SELECT 'setting of the database for ' || coalesce(nullif(setrole, 0)::regrole::text, 'everyone'), setconfig::text
FROM pg_db_role_setting WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
