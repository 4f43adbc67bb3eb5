-- How transforms of field_mappings.yaml are expressions here. {value} is jsonb, {text} a text.

-- value --
-- A property of a person, as it was sent
(u.user_properties -> {name});

-- untyped --
-- A text after the transforms of texts; every other value as it is
CASE WHEN jsonb_typeof({value}) = 'string' THEN to_jsonb({text}) ELSE {value} END;

-- text --
-- The text of a text, number or truth value
CASE WHEN jsonb_typeof({value}) NOT IN ('object', 'array') THEN {value} #>> '{{}}' END;

-- strip --
-- Without blanks at both ends
btrim({text}, {blanks});

-- lower --
-- With small letters
translate({text}, {capitals}, {small});

-- upper --
-- With capital letters
translate({text}, {small}, {capitals});

-- integer --
-- A whole number
CASE WHEN {text} ~ {pattern} THEN to_jsonb(split_part({text}, '.', 1)::bigint) END;

-- number --
-- A number
CASE
    WHEN jsonb_typeof({value}) = 'number' THEN {value}
    WHEN {text} ~ {pattern} THEN to_jsonb({text}::double precision)
END;

-- boolean --
-- A truth value
CASE WHEN {text} ~ {pattern} THEN to_jsonb(lower({text}) IN ('1', 'true', 'yes')) END;

-- date --
-- The day that is written
CASE WHEN {text} ~ {pattern} THEN to_jsonb(left({text}, 10)) END;

-- instant --
-- An instant in UTC
CASE
    WHEN {text} ~ {pattern}
    THEN to_jsonb(to_char((
        CASE WHEN {text} ~ '(Z|[+-][0-9]{{2}}:[0-9]{{2}})$' THEN {text}
        ELSE {text} || 'Z' END
    )::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
END;
