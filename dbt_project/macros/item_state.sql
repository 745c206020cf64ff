{# How an item stands by what its ledger says: only words that say outright that the whole is done count as done. 已完成勘界 is a
   stage of it, 兑现中 and 预计9月底前完成 are none, 未办结 says the opposite. `status` is a plain text, spaces taken out. #}
{% macro says_done(status) -%}
(
    {{ status }} in ('是', '√', '✓', '✔', '有')
    or (
        regexp_matches(
            {{ status }},
            '(^|[，。；,;：:])(该|此)?(问题|事项|诉求|手续|困难|目前|现|资金|政策|企业诉求|奖补资金)*(已|均已|已经|已全部|全部|全额|足额|按期|按时|如期)*'
            || '(办理|整改|协调|兑现|拨付|处理|审批|落实|化解|销号)?'
            || '(办结|办毕|销号|销账|完成|解决|兑现|兑付|拨付|发放|取得|领取|批复|通过|到位|落实|履行|履约|整改|化解|完毕|答复|回复|归档|办理|已办)'
            || '(完毕|完成|到位|销号|办结)?(了)?($|[，。；,;、！!（(])'
        )
        and regexp_matches(
            {{ status }},
            '已|均|全部|全额|足额|按期|按时|如期|^(问题|事项|诉求|手续)?(办理|整改|协调|兑现|拨付|处理|审批|落实|化解)?(办结|办毕|销号|销账|完成|解决|取得|到位|完毕)'
        )
        and not regexp_matches(
            {{ status }}, '未|没有|正在|部分|预计|计划|拟|力争|争取|尽快|抓紧|下步|下一步|待|需|暂|不能|无法|难以|尚|持续|基本|否'
        )
    )
)
{%- endmacro %}

{# 部分兑现 beside 兑现时间: what was paid so far has a day, and the whole is not done. #}
{% macro says_undone(status) -%}
regexp_matches({{ status }}, '部分|未|尚|没有|正在|(办理|推进|整改|兑现|进行|协调|处理)中|^[否×✗]$')
{%- endmacro %}

{% macro says_impossible(status) -%}
regexp_matches({{ status }}, '无法(办理|解决|兑现|落实|实施|推进)|不予|不能(办|解决|兑现)|不具备办理条件')
{%- endmacro %}

{% macro says_not_needed(status) -%}
regexp_matches({{ status }}, '^(无需|不需|不需要|无须|不涉及|免办|豁免)')
{%- endmacro %}

{% macro says_not_accepted(status) -%}
regexp_matches({{ status }}, '未受理|未办($|理)|未启动|未申报|未申请|未开始|尚未办理|^[否×✗]$')
{%- endmacro %}
