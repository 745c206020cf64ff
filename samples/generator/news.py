"""News pages in our own words: the facts of five published pages, and reports from the invented world.

Figures marked "reconciles" are computed from the ledgers; two are deliberately higher than the ledgers, as happens.
"""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Sequence
from dataclasses import dataclass

from generator.counties import PINGYU, PUYANG, QINGFENG, SHANGCAI, SHANGNAN, YANCHENG
from generator.world import MONTH_ENDS, Project

LAST = len(MONTH_ENDS) - 1
_YEAR = dt.date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Article:
    """An article before a site wraps it: paragraphs of plain text."""

    file: str
    site: str
    title: str
    published: str
    paragraphs: tuple[str, ...]
    author: str = ""


def _mine(projects: Sequence[Project], code: str) -> list[Project]:
    return [project for project in projects if project.county_code == code]


def _signed_this_year(projects: Sequence[Project], code: str) -> list[Project]:
    return [
        project for project in _mine(projects, code) if project.signed and _YEAR <= project.signed <= MONTH_ENDS[LAST]
    ]


def _named(projects: Sequence[Project], name: str) -> Project:
    return next(project for project in projects if project.name == name)


def _hundred_millions(amount: int) -> str:
    return f"{amount / 10000:g}亿元"


def _articles(projects: Sequence[Project]) -> list[Article]:
    qingfeng = _signed_this_year(projects, QINGFENG.code)
    puyang = _signed_this_year(projects, PUYANG.code)
    puyang_october = sum(project.arrivals[LAST] for project in _mine(projects, PUYANG.code))
    shangcai = _signed_this_year(projects, SHANGCAI.code)
    yancheng_starts = [
        p for p in _mine(projects, YANCHENG.code) if p.started and _YEAR <= p.started <= MONTH_ENDS[LAST]
    ]
    pingyu_funds = sum(project.year_to_date(LAST) for project in _mine(projects, PINGYU.code))
    shangnan_done = [
        p for p in _mine(projects, SHANGNAN.code) if p.produced and _YEAR <= p.produced <= MONTH_ENDS[LAST]
    ]
    hanchen = _named(projects, "瀚辰风电塔筒制造项目")
    yuansi = _named(projects, "晨萃植物基饮品项目")
    green = _named(projects, "绿糖聚乳酸改性材料项目")
    shoes = _named(projects, "矩光车灯模组项目")
    day = "{d.month}月{d.day}日".format
    return [
        Article("qingfeng_signings.html", "portal", "清丰县前十月招商成绩单出炉", "2026-11-02 09:10", (
            "记者11月2日从清丰县商务局获悉，"
            f"1—10月，清丰县新签约项目{len(qingfeng)}个，合同投资总额{_hundred_millions(sum(p.total for p in qingfeng))}，签约个数同比增长12.5%。",
            "县里把家居、食用菌、新能源三条链分给三位县领导牵头，每条链一张图、一本账。",
        ), "宁望舒"),
        Article("puyang_funds.html", "gbk", "濮阳县10月份到位资金情况通报", "2026-11-03", (
            f"10月份，濮阳县招商引资项目到位资金{_hundred_millions(puyang_october)}。",
            f"今年1至10月，全县新签约项目{len(puyang)}个，总投资{_hundred_millions(sum(p.total for p in puyang))}。",
            "通报要求，对签约满一年仍未动工的项目逐个约谈，能开工的限期开工，不能开工的依规退出。",
        )),
        Article("shangcai_signings.html", "portal", "上蔡县招商引资实现新突破", "2026-11-01 17:32", (
            f"今年前10个月，上蔡县共签约项目{len(shangcai) + 6}个，合同金额{_hundred_millions(sum(p.total for p in shangcai) + 183000)}，同比增长41.7%。",
            "制鞋、纺织服装两个集群的上下游企业占了大头。",
        )),
        Article("yancheng_starts.html", "wide", "郾城区：项目建设跑出加速度", "2026-11-04 08:00", (
            f"截至10月底，郾城区今年新开工项目{len(yancheng_starts)}个。区里对开工项目实行周上报、月排名。",
            f"其中，由{yuansi.investor}投资的晨萃燕麦奶智能工厂项目已于{day(d=yuansi.started)}开工建设，总投资{_hundred_millions(yuansi.total)}。",
        ), "区融媒体中心 林知微"),
        Article("pingyu_funds.html", "wide", "平舆县户外休闲产业集聚成势", "2026-11-03 10:20", (
            f"1—10月，平舆县招商引资实际到位资金{_hundred_millions(pingyu_funds)}，同比增长8.3%，增速居全市第三位。",
            "遮阳伞、藤编家具、帐篷三类产品的配套企业在本县就能找齐。",
        )),
        Article("puyang_ceremony.html", "portal", "濮阳县举行集中签约仪式", f"{hanchen.signed:%Y-%m-%d} 18:05", (
            f"{day(d=hanchen.signed)}，濮阳县举行招商引资项目集中签约仪式，现场签约项目1个，总投资{_hundred_millions(hanchen.total)}。",
            f"{hanchen.investor}将在先进制造业开发区建设{hanchen.name}。",
        )),
        Article("nanle_production.html", "gbk", "绿糖聚乳酸改性材料项目在南乐投产", f"{green.produced:%Y-%m-%d}", (
            f"{day(d=green.produced)}，{green.investor}投资{_hundred_millions(green.total)}的{green.name}在南乐县建成投产。",
            "企业负责人介绍，全部生产线达产后可带动下游膜袋企业就近采购。",
        )),
        Article("shangnan_targets.html", "plain", "商南县以小分队招商补链条", "2026-03-18 11:00", (
            "商南县今年把招商任务写成三个数：引进项目不少于50个，到位资金223亿元，外商直接投资300万美元。",
            "小分队由科级干部和年轻骨干组成，每队每月外出对接至少一次，回来要交联系清单。",
            "县里要求每个项目都有一位县级领导、一个责任部门和一套措施，签了约的盯开工，开了工的盯投产。",
        ), "贺兰舟"),
        Article("shangnan_production.html", "plain", "商南：投产项目为秋收添底气", "2026-10-30 16:40", (
            f"今年以来，商南县已有{len(shangnan_done)}个招商项目投产，主要集中在食用菌和茶叶加工。",
        )),
        Article("puyang_campaign.html", "wide", "濮阳市部署招商百日攻坚", "2013-06-10", (
            "濮阳市用6月至8月三个月打一场招商百日攻坚战，每周开例会、发通报。",
            "目标是：2012年签约项目落地率达到80%以上，2013年上半年签约项目落地率达到50%以上；每个县区签约10亿元以上项目2个、5亿元以上项目3个，落地5亿元以上项目2个。",
            "凡2010年以来签约的项目都要回访建账，写清进展、分包人、问题、办法和时限。",
        )),
        Article("yancheng_meeting.html", "plain", "郾城区召开招商引资推进会", "2022-01-21 19:00", (
            "1月21日召开的郾城区招商引资推进会提出五项机制，把压力一级级传下去：每周上报、每月汇报、每季讲评。",
            "会议要求一个项目配一个单位、一支队伍、一位领导、一本台账，签约之前先联审。",
        )),
        Article("speech_notes.html", "wide", "把签约项目一个个盘清楚", "2021-08-20", (
            "一份讲话材料谈到，近三届兰洽会签下的项目要分三类梳理：没履约的、没开工的、没投产的，各列任务清单和责任清单。",
            "谁签约，谁跟踪，谁落实；一周一快报，一月一调度，一季一评比。",
            "全市引进内资xx亿元，增长xx%。",
        )),
        Article("shangcai_event.html", "gbk", "矩光车灯模组项目签约落户上蔡", f"{shoes.signed:%Y-%m-%d}", (
            f"{day(d=shoes.signed)}，上蔡县与{shoes.investor}签订协议，{shoes.name}落户先进制造业开发区，计划总投资{_hundred_millions(shoes.total)}。",
        )),
    ]  # fmt: skip


_ZHUMADIAN = """<!DOCTYPE html>
<html lang="zh-Hant"><head><meta charset="utf-8"><title>大員招商見實(shí)效 - 天中新聞</title></head>
<body><div class="nav">首頁(yè) | 新聞 | 天中 | 專題</div>
<div class="content"><h1>大員招商見實(shí)效</h1>
<div class="info">2020-12-22 06:01 來源:本站樣例 責(zé)任編輯:樣例</div>
<p>駐馬店市把招商當(dāng)作頭等大事來抓。2020年1月至9月,全市實(shí)際到位省外資金247.5億元,增長(zhǎng)2.65%,增幅居全省第二位;1月至10月,共簽約億元以上項(xiàng)目318個(gè),合同總投資1851.8億元。</p>
<p>今年以來,市委、市政府主要領(lǐng)導(dǎo)帶隊(duì)外出招商23次,簽約項(xiàng)目63個(gè),總投資704.9億元。</p>
<p>全市梳理出11條產(chǎn)業(yè)鏈,由市領(lǐng)導(dǎo)分別擔(dān)任鏈長(zhǎng);工程建設(shè)審批推行“四天辦四證”,企業(yè)開辦3天辦結(jié)。</p></div>
<div class="related"><h3>相關(guān)新聞</h3><ul><li>某市前三季度到位資金999億元</li></ul></div>
<div class="foot">版權(quán)聲明:本頁(yè)為樣例。</div></body></html>
"""


def _paragraphs(article: Article, mark: str = "p") -> str:
    return "\n".join(f"<{mark}>{html.escape(text)}</{mark}>" for text in article.paragraphs)


def _portal(article: Article) -> bytes:
    page = f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{html.escape(article.title)}_县域新闻网</title>
<meta name="PubDate" content="{article.published}"><script>var hot = [12, 88];</script></head>
<body><header><ul><li>首页</li><li>要闻</li><li>招商</li><li>专题</li></ul></header>
<main><article><h1>{html.escape(article.title)}</h1>
<p class="meta"><span>发布时间：{article.published}</span> <span>来源：县域新闻网</span> <span>作者：{article.author or "本网"}</span></p>
{_paragraphs(article)}
</article></main>
<aside><h4>热点排行</h4><ol><li>邻县一季度到位资金66.6亿元</li><li>天气预报</li></ol></aside>
<footer>版权所有 县域新闻网 未经授权不得转载</footer></body></html>
"""
    return page.encode()


def _gbk(article: Article) -> bytes:
    page = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>{html.escape(article.title)}</title></head>
<body><table width="100%"><tr><td><a href="#">网站首页</a> &gt; <a href="#">招商动态</a></td></tr>
<tr><td align="center"><b>{html.escape(article.title)}</b></td></tr>
<tr><td align="center">日期：{article.published}　点击：【大 中 小】　打印　关闭</td></tr>
<tr><td class="zw">
{_paragraphs(article)}
</td></tr></table><hr><center>主办：样例县人民政府办公室　备案号：略</center></body></html>
"""
    return page.encode("gb18030")


def _wide(article: Article) -> bytes:
    body = "<br>\n".join("　　" + html.escape(text) for text in article.paragraphs)
    page = f"""<!doctype html><html><head><meta charset="UTF-8"><title>{html.escape(article.title)}</title>
<style>.t{{font-size:22px}}</style></head><body>
<div id="top"><a>登录</a><a>注册</a><a>手机版</a></div>
<div class="wrap"><div class="t">{html.escape(article.title)}</div><div class="s">{article.published} | {article.author or "综合"}</div>
<div id="zoom">{body}</div>
<div class="mood">看完这篇你的感受：<span>点赞</span><span>高兴</span><span>无奈</span></div></div>
<div id="foot">上证指数 -- 深证成指 --</div></body></html>
"""
    return page.encode()


def _plain(article: Article) -> bytes:
    page = f"""<html><head><meta charset="utf-8"><title>{html.escape(article.title)}</title></head><body>
<h2>{html.escape(article.title)}</h2><p>（{article.author or "通讯员"}　{article.published}）</p>
{_paragraphs(article, "div")}
</body></html>
"""
    return page.encode()


_SITES = {"portal": _portal, "gbk": _gbk, "wide": _wide, "plain": _plain}


def _feed(articles: Sequence[Article]) -> bytes:
    """An RSS feed: one item that is also a saved page, three that are nowhere else."""
    repeated = next(article for article in articles if article.file == "qingfeng_signings.html")
    items = [
        ("feed-1", repeated.title, "Mon, 02 Nov 2026 09:10:00 +0800", "".join(repeated.paragraphs)),
        ("feed-2", "商南县召开项目交办会", "Fri, 30 Oct 2026 15:00:00 +0800", "10月30日，商南县召开落地项目交办联评会，交办项目14个，点评推进慢的项目。"),
        ("feed-3", "平舆县外出招商忙", "Thu, 29 Oct 2026 08:30:00 +0800", "10月份，平舆县外出招商12批次，拜访企业46家。"),
        ("feed-4", "濮阳县开工一批项目", "Wed, 16 Sep 2026 12:00:00 +0800", "9月16日，濮阳县集中开工项目5个，总投资21.4亿元。"),
    ]  # fmt: skip
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<rss version="2.0"><channel><title>县域招商快讯</title><link>https://news.example/</link>',
        "<description>样例订阅源</description>",
    ]
    for guid, title, published, text in items:
        lines.append(
            f"<item><title>{html.escape(title)}</title><link>https://news.example/{guid}</link>"
            f'<guid isPermaLink="false">{guid}</guid><pubDate>{published}</pubDate>'
            f"<description><![CDATA[<p>{text}</p>]]></description></item>"
        )
    return "\n".join([*lines, "</channel></rss>", ""]).encode()


def news_files(projects: Sequence[Project]) -> dict[str, bytes]:
    """File name → bytes of every page and of the feed."""
    articles = _articles(projects)
    files = {article.file: _SITES[article.site](article) for article in articles}
    files["zhumadian_traditional.html"] = _ZHUMADIAN.encode()
    files["county_feed.xml"] = _feed(articles)
    return files
