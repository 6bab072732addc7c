-- AlterTable
ALTER TABLE "Sample" ADD COLUMN     "a_numeric" DECIMAL(12,3),
ADD COLUMN     "b_varchar" VARCHAR(40),
ADD COLUMN     "c_char" CHAR(5) DEFAULT 'ab',
ADD COLUMN     "d_timestamp" TIMESTAMP(0),
ADD COLUMN     "e_timestamptz" TIMESTAMPTZ(3) DEFAULT '2024-01-01 00:00:00 +00:00',
ADD COLUMN     "f_time" TIME(0),
ADD COLUMN     "g_timetz" TIMETZ(6),
ADD COLUMN     "h_bit" BIT(4) DEFAULT B'1010',
ADD COLUMN     "i_varbit" VARBIT(16),
ADD COLUMN     "j_bytea" BYTEA DEFAULT '\x00ff',
ADD COLUMN     "k_inet" INET,
ADD COLUMN     "l_money" MONEY,
ADD COLUMN     "m_oid" OID,
ADD COLUMN     "n_real" REAL DEFAULT 0.5,
ADD COLUMN     "o_smallint" SMALLINT NOT NULL DEFAULT 7,
ADD COLUMN     "p_xml" XML,
ADD COLUMN     "q_enum" "Mood" DEFAULT 'GOOD',
ADD COLUMN     "r_enums" "Mood"[] DEFAULT ARRAY['GOOD', 'BAD']::"Mood"[],
ADD COLUMN     "s_ints" INTEGER[] DEFAULT ARRAY[1, 2]::INTEGER[];

alter table "Sample"
  add t_interval interval day to second(0) default '1 day',
  add u_domain short_code default 'ABC',
  add v_range int4range default '[1,5)',
  add w_point point,
  add x_matrix integer[][],
  add y_plain_numeric numeric,
  add z_negative_scale numeric(5, -2);
