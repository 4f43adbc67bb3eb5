-- An hour that is read again takes its own changes of people away first
CREATE INDEX changeable_user_properties_slice
ON changeable_user_properties USING brin (slice_id int8_minmax_multi_ops);
