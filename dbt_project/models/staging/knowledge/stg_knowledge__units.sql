-- Units as people write them, in lower case: the words of `units.csv`, a magnitude before a currency (万元), and the
-- codes themselves; shares are fractions (% is 0.01 `rate`).
with words as (
    select
        word,
        kind,
        case when code in ('percent', 'permille') then 'rate' else code end as unit,
        cast(factor as decimal(24, 6))
        * case code when 'percent' then 0.01 when 'permille' then 0.001 else 1 end as factor
    from {{ wording_csv('units') }}
)

select
    word as wording,
    unit,
    cast(factor as decimal(24, 6)) as factor
from words
where kind in ('currency', 'measure')
union
select
    concat(magnitudes.word, currencies.word) as wording,
    currencies.unit,
    cast(magnitudes.factor * currencies.factor as decimal(24, 6)) as factor
from words as magnitudes
cross join words as currencies
where magnitudes.kind = 'magnitude' and currencies.kind = 'currency'
union
select
    lower(unit) as wording,
    unit,
    cast(1 as decimal(24, 6)) as factor
from words
where unit is not null
