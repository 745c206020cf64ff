{# Lists that come together come again within so many days. #}
{% macro longest_pause_of_a_habit() -%}
    100
{%- endmacro %}

{# The pairs of files of project rows of one county and report date, as a subquery: of days with such a day near by, for
   once is no habit. #}
{% macro pairs_of_a_day(files) -%}
    {%- set standing -%}
        (
            select * from {{ files }} where status = 'read' and report_date is not null and project_rows > 0
        )
    {%- endset -%}
    {%- set crowded_days -%}
        (
            select
                county_code,
                report_date,
                lag(report_date) over (partition by county_code order by report_date) as day_before,
                lead(report_date) over (partition by county_code order by report_date) as day_after,
                count(*) filter (where {{ tells_of_one_project('files') }}) >= {{ fewest_cards() }} as may_be_of_cards
            from {{ standing }} as files
            group by county_code, report_date
            having count(*) > 1
        )
    {%- endset -%}
    (
        select
            a.county_code,
            a.county_code as reported_county_code,
            a.report_date,
            a.report_month,
            a.file_sha256 as file_sha256_a,
            b.file_sha256 as file_sha256_b,
            a.record_fingerprint as fingerprint_a,
            b.record_fingerprint as fingerprint_b,
            a.report_month = b.report_month as are_of_one_month
        from {{ standing }} as a
        inner join {{ standing }} as b
            on a.county_code = b.county_code and a.report_date = b.report_date and a.file_sha256 < b.file_sha256
        inner join {{ crowded_days }} as days on a.county_code = days.county_code and a.report_date = days.report_date
        where
            {{ days_between('days.day_before', 'a.report_date') }} <= {{ longest_pause_of_a_habit() }}
            or {{ days_between('a.report_date', 'days.day_after') }} <= {{ longest_pause_of_a_habit() }}
            or days.may_be_of_cards
    )
{%- endmacro %}

{# Those of them that the build before has not judged as they are now. #}
{% macro pairs_not_built(pairs, built, key) -%}
    (
        select found.*
        from {{ pairs }} as found
        left join {{ built }} as built
            on
                {%- for column in key %}
                found.{{ column }} is not distinct from built.{{ column }}{{ ' and' if not loop.last }}
                {%- endfor %}
        where built.county_code is null
    )
{%- endmacro %}

{# A file that may be the card of one project: nothing else stands in it, nor was anything of it rejected. #}
{% macro tells_of_one_project(files) -%}
    {{ files }}.project_rows = 1 and coalesce({{ files }}.rows_rejected, 0) = 0
{%- endmacro %}

{# As many cards of one form, each of another project, on one day are no ledger re-sent again and again. #}
{% macro fewest_cards() %}3{% endmacro %}
