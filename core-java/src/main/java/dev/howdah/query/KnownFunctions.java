package dev.howdah.query;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The functions and type names of PostgreSQL (and of its common extensions) that leave a session as
 * it was, by their unqualified names in lower case. A name that is missing here costs a reset of
 * the session after its statement, nothing else.
 */
final class KnownFunctions {
  private static final Set<String> NAMES =
      words(
          // what the grammar itself calls
          "coalesce nullif greatest least cast treat extract position overlay substring trim"
              + " collation grouping rollup cube xmlconcat xmlelement xmlexists xmlforest xmlparse"
              + " xmlpi xmlroot xmlserialize xmltable xmlagg xmlattributes xmlnamespaces"
              + " merge_action current_time current_timestamp localtime localtimestamp normalize",
          // aggregates and windows
          "count sum avg min max any_value array_agg string_agg bool_and bool_or every bit_and"
              + " bit_or bit_xor json_agg jsonb_agg json_object_agg jsonb_object_agg"
              + " json_agg_strict jsonb_agg_strict json_object_agg_strict jsonb_object_agg_strict"
              + " json_object_agg_unique jsonb_object_agg_unique range_agg range_intersect_agg corr"
              + " covar_pop covar_samp regr_avgx regr_avgy regr_count regr_intercept regr_r2"
              + " regr_slope regr_sxx regr_sxy regr_syy stddev stddev_pop stddev_samp variance"
              + " var_pop var_samp mode percentile_cont percentile_disc rank dense_rank"
              + " percent_rank cume_dist row_number ntile lag lead first_value last_value"
              + " nth_value",
          // text
          "length char_length character_length octet_length bit_length lower upper initcap concat"
              + " concat_ws format left right lpad rpad ltrim rtrim btrim repeat replace reverse"
              + " split_part starts_with strpos substr translate ascii chr encode decode convert"
              + " convert_from convert_to md5 sha224 sha256 sha384 sha512 quote_ident quote_literal"
              + " quote_nullable parse_ident to_hex to_bin to_oct to_ascii regexp_count"
              + " regexp_instr regexp_like regexp_match regexp_matches regexp_replace"
              + " regexp_split_to_array regexp_split_to_table regexp_substr string_to_array"
              + " string_to_table unistr unicode_assigned casefold like_escape similar_to_escape"
              + " get_bit get_byte set_bit set_byte bit_count crc32 crc32c",
          // numbers
          "abs cbrt ceil ceiling degrees div erf erfc exp factorial floor gcd lcm ln log log10"
              + " min_scale mod pi power pow radians round scale sign sqrt trim_scale trunc"
              + " width_bucket random random_normal acos acosd asin asind atan atand atan2 atan2d"
              + " cos cosd cot cotd sin sind tan tand sinh cosh tanh asinh acosh atanh gamma lgamma"
              + " to_number numeric_inc hashint4 hashint8 hashtext hashtextextended",
          // dates and times
          "now age clock_timestamp date_add date_bin date_part date_subtract date_trunc isfinite"
              + " justify_days justify_hours justify_interval make_date make_interval make_time"
              + " make_timestamp make_timestamptz overlaps statement_timestamp timeofday"
              + " transaction_timestamp to_char to_date to_timestamp timezone",
          // json
          "to_json to_jsonb row_to_json array_to_json json jsonb json_array json_arrayagg"
              + " json_object json_objectagg json_exists json_query json_value json_table"
              + " json_scalar json_serialize json_build_array jsonb_build_array json_build_object"
              + " jsonb_build_object jsonb_object json_array_elements jsonb_array_elements"
              + " json_array_elements_text jsonb_array_elements_text json_array_length"
              + " jsonb_array_length json_each jsonb_each json_each_text jsonb_each_text"
              + " json_extract_path jsonb_extract_path json_extract_path_text"
              + " jsonb_extract_path_text json_object_keys jsonb_object_keys json_populate_record"
              + " jsonb_populate_record json_populate_recordset jsonb_populate_recordset"
              + " json_to_record jsonb_to_record json_to_recordset jsonb_to_recordset json_typeof"
              + " jsonb_typeof json_strip_nulls jsonb_strip_nulls jsonb_set jsonb_set_lax"
              + " jsonb_insert jsonb_pretty jsonb_path_exists jsonb_path_match jsonb_path_query"
              + " jsonb_path_query_array jsonb_path_query_first jsonb_path_exists_tz"
              + " jsonb_path_match_tz jsonb_path_query_tz jsonb_path_query_array_tz"
              + " jsonb_path_query_first_tz jsonb_contains jsonb_exists jsonb_exists_any"
              + " jsonb_exists_all jsonb_concat jsonb_delete jsonb_delete_path",
          // arrays, ranges, sets of rows
          "unnest generate_series generate_subscripts array_append array_cat array_dims"
              + " array_fill array_length array_lower array_ndims array_position array_positions"
              + " array_prepend array_remove array_replace array_reverse array_sample array_shuffle"
              + " array_sort array_to_string array_upper cardinality trim_array isempty lower_inc"
              + " lower_inf upper_inc upper_inf range_merge multirange int4range int8range numrange"
              + " tsrange tstzrange daterange int4multirange int8multirange nummultirange"
              + " tsmultirange tstzmultirange datemultirange num_nonnulls num_nulls",
          // identifiers, networks, geometry, search
          "gen_random_uuid uuidv4 uuidv7 uuid_extract_timestamp uuid_extract_version abbrev"
              + " broadcast family host hostmask inet_merge inet_same_family masklen netmask"
              + " network set_masklen macaddr8_set7bit area center diagonal diameter height"
              + " isclosed isopen npoints pclose popen radius slope width box circle line lseg path"
              + " point polygon bound_box to_tsvector to_tsquery plainto_tsquery phraseto_tsquery"
              + " websearch_to_tsquery tsvector_to_array array_to_tsvector setweight strip numnode"
              + " querytree ts_delete ts_filter ts_headline ts_rank ts_rank_cd ts_lexize ts_debug"
              + " ts_parse ts_token_type json_to_tsvector jsonb_to_tsvector tsquery_phrase"
              + " get_current_ts_config",
          // sequences and transactions; the _xact_ locks go with their transaction
          "nextval setval currval lastval pg_get_serial_sequence pg_sequence_last_value"
              + " pg_sequence_parameters txid_current txid_current_if_assigned"
              + " txid_current_snapshot txid_snapshot_xmax txid_snapshot_xmin txid_snapshot_xip"
              + " txid_status txid_visible_in_snapshot pg_current_xact_id"
              + " pg_current_xact_id_if_assigned pg_xact_status pg_current_snapshot"
              + " pg_snapshot_xmin pg_snapshot_xmax pg_snapshot_xip pg_visible_in_snapshot"
              + " pg_xact_commit_timestamp pg_last_committed_xact pg_export_snapshot"
              + " pg_advisory_xact_lock pg_advisory_xact_lock_shared pg_try_advisory_xact_lock"
              + " pg_try_advisory_xact_lock_shared pg_notify",
          // the server and its catalog
          "version current_setting current_database current_catalog current_schema"
              + " current_schemas current_query current_user session_user user inet_client_addr"
              + " inet_client_port inet_server_addr inet_server_port pg_backend_pid"
              + " pg_blocking_pids pg_safe_snapshot_blocking_pids pg_conf_load_time"
              + " pg_postmaster_start_time pg_is_in_recovery pg_is_other_temp_schema"
              + " pg_my_temp_schema pg_listening_channels pg_notification_queue_usage"
              + " pg_trigger_depth pg_sleep pg_sleep_for pg_sleep_until pg_cancel_backend"
              + " pg_terminate_backend pg_jit_available pg_typeof pg_basetype pg_collation_for"
              + " pg_column_size pg_column_compression pg_database_size pg_indexes_size"
              + " pg_relation_size pg_size_bytes pg_size_pretty pg_table_size"
              + " pg_tablespace_size pg_total_relation_size pg_relation_filenode"
              + " pg_relation_filepath pg_filenode_relation pg_tablespace_location"
              + " pg_client_encoding pg_encoding_to_char pg_char_to_encoding getdatabaseencoding"
              + " pg_current_wal_lsn pg_current_wal_insert_lsn pg_current_wal_flush_lsn"
              + " pg_last_wal_receive_lsn pg_last_wal_replay_lsn pg_last_xact_replay_timestamp"
              + " pg_wal_lsn_diff pg_walfile_name format_type col_description obj_description"
              + " shobj_description pg_describe_object pg_identify_object pg_get_constraintdef"
              + " pg_get_expr pg_get_function_arguments pg_get_function_identity_arguments"
              + " pg_get_function_result pg_get_functiondef pg_get_indexdef pg_get_keywords"
              + " pg_get_partkeydef pg_get_partition_constraintdef pg_get_ruledef"
              + " pg_get_statisticsobjdef pg_get_triggerdef pg_get_userbyid pg_get_viewdef"
              + " pg_index_column_has_property pg_index_has_property pg_indexam_has_property"
              + " pg_options_to_table pg_partition_ancestors pg_partition_root pg_partition_tree"
              + " pg_show_all_settings pg_lock_status pg_stat_get_activity"
              + " pg_stat_file pg_ls_dir pg_read_file pg_read_binary_file pg_input_is_valid"
              + " pg_input_error_info to_regclass to_regcollation to_regnamespace to_regoper"
              + " to_regoperator to_regproc to_regprocedure to_regrole to_regtype to_regtypemod"
              + " has_any_column_privilege has_column_privilege has_database_privilege"
              + " has_foreign_data_wrapper_privilege has_function_privilege has_language_privilege"
              + " has_parameter_privilege has_schema_privilege has_sequence_privilege"
              + " has_server_privilege has_table_privilege has_tablespace_privilege"
              + " has_type_privilege pg_has_role row_security_active pg_table_is_visible"
              + " pg_type_is_visible pg_function_is_visible pg_operator_is_visible"
              + " aclexplode acldefault makeaclitem lo_create lo_creat lo_from_bytea lo_get lo_put"
              + " lo_import lo_export lo_unlink suppress_redundant_updates_trigger",
          // names of types, with a modifier or called as a conversion
          "bigint bit bool boolean bpchar bytea char character date dec decimal double float float4"
              + " float8 inet cidr int int2 int4 int8 integer interval macaddr money name national"
              + " nchar numeric oid real regclass regtype smallint text time timestamp timestamptz"
              + " timetz tsquery tsvector uuid varbit varchar xml hstore citext ltree",
          // extensions that many databases have: uuid-ossp, pgcrypto, pg_trgm, pgvector and such
          "uuid_generate_v1 uuid_generate_v1mc uuid_generate_v3 uuid_generate_v4"
              + " uuid_generate_v5 uuid_nil uuid_ns_dns uuid_ns_url crypt gen_salt digest hmac"
              + " gen_random_bytes armor dearmor pgp_sym_encrypt pgp_sym_decrypt similarity"
              + " word_similarity strict_word_similarity show_trgm unaccent levenshtein"
              + " levenshtein_less_equal soundex metaphone dmetaphone difference daitch_mokotoff"
              + " akeys avals skeys svals slice nlevel subpath subltree"
              + " vector halfvec sparsevec cosine_distance l1_distance l2_distance inner_product"
              + " l2_normalize geometry geography st_area st_asgeojson st_astext st_buffer"
              + " st_contains st_distance st_dwithin st_geogfromtext st_geomfromgeojson"
              + " st_geomfromtext st_intersection st_intersects st_makeenvelope st_makepoint"
              + " st_point st_setsrid st_transform st_union st_within st_x st_y");

  private KnownFunctions() {}

  /** Whether calling this function surely leaves the session as it was. */
  static boolean contains(String function) {
    return NAMES.contains(function);
  }

  private static Set<String> words(String... lines) {
    Set<String> words = new HashSet<>();
    for (String line : lines) {
      words.addAll(Arrays.asList(line.split(" ", -1)));
    }
    return Set.copyOf(words);
  }
}
