-- One row a project, rule and time during which the light was yellow or red without a break.
select * from {{ ref('int_light_spells') }}
