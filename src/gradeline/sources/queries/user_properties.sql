-- How transforms of field_mappings.yaml are expressions of DuckDB. {value} is JSON, {text} a text.

-- value --
-- A property of a person, as it was sent
json_extract(user_properties, {path});

-- untyped --
-- A text after the transforms of texts; every other value as it is
CASE WHEN json_type({value}) = 'VARCHAR' THEN to_json({text}) ELSE {value} END;

-- text --
-- The text of a text, number or truth value
CASE WHEN json_type({value}) NOT IN ('OBJECT', 'ARRAY') THEN json_extract_string({value}, '$') END;

-- strip --
-- Without blanks at both ends
trim({text}, {blanks});

-- lower --
-- With small letters
translate({text}, {capitals}, {small});

-- upper --
-- With capital letters
translate({text}, {small}, {capitals});

-- integer --
-- A whole number
CASE WHEN regexp_matches({text}, {pattern}) THEN to_json(split_part({text}, '.', 1)::BIGINT) END;

-- number --
-- A number
CASE
    WHEN json_type({value}) IN ('DOUBLE', 'BIGINT', 'UBIGINT') THEN {value}
    WHEN regexp_matches({text}, {pattern})
    THEN regexp_replace(to_json({text}::DOUBLE)::VARCHAR, '[.]0$', '')::JSON
END;

-- boolean --
-- A truth value
CASE
    WHEN regexp_matches({text}, {pattern}) THEN to_json(lower({text}) IN ('1', 'true', 'yes'))
END;

-- date --
-- The day that is written
CASE WHEN regexp_matches({text}, {pattern}) THEN to_json(left({text}, 10)) END;

-- instant --
-- An instant in UTC
CASE
    WHEN regexp_matches({text}, {pattern})
    THEN to_json(strftime(make_timestamp(epoch_us((
        CASE WHEN regexp_matches({text}, '(Z|[+-][0-9]{{2}}:[0-9]{{2}})$') THEN {text}
        ELSE {text} || 'Z' END
    )::TIMESTAMPTZ)), '%Y-%m-%dT%H:%M:%S.%fZ'))
END;
