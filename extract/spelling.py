"""Texts for comparing only: no blanks of any kind, one width, lower case, simplified characters (單位 職務 is 单位职务).

Holds the traditional characters that labels, titles and options of reports are made of; what is shown or kept is never
touched, least of all the names of people.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
"""Characters that show nothing and that a copied text may be strewn with."""
_PAIRS = (
    "單单職职務务團团組组織织稱称數数員员級级開开況况點点問问題题幫帮觀观參参內内進进聯联繫系師师時时間间動动會会議议類类別别報报屬属實实"
    "記记錄录學学習习發发滿满應应設设項项處处長长書书電电話话號号碼码郵邮簡简歷历經经濟济業业產产農农鄉乡鎮镇縣县區区廳厅機机構构關关責责"
    "領领導导負负審审閱阅簽签簡简訊讯訪访談谈調调認认證证計计劃划訓训練练講讲課课論论讀读詞词語语說说請请謝谢詢询評评價价獎奖勵励優优"
    "異异標标準准確确統统結结總总給给終终編编號号續续維维網网絡络線线紅红約约級级紀纪純纯細细紹绍綜综緊紧繼继績绩聞闻聲声聽听舉举興兴"
    "舊旧藝艺節节榮荣華华葉叶萬万蘇苏藥药獲获補补裝装規规視视覺觉親亲計计訂订討讨託托設设許许診诊詳详試试該该誤误誰谁課课諮咨護护變变"
    "讓让貢贡財财貨货責责貧贫費费貴贵買买貸贷資资賓宾賞赏質质賽赛贈赠贊赞趙赵軍军輔辅輕轻較较載载輸输轉转辦办農农達达違违連连運运過过"
    "還还這这遠远適适選选遺遗郵邮鄰邻醫医釋释錢钱鐵铁鋼钢銀银鎮镇鐘钟長长門门閉闭開开閒闲間间關关隊队階阶際际隨随險险雙双難难雲云電电"
    "靈灵靜静響响頁页項项順顺須须預预頒颁領领頭头頻频題题額额願愿類类顧顾風风飛飞飯饭養养餘余館馆騰腾驗验體体髮发鬥斗魚鱼黨党齊齐齡龄"
    "幹干對对場场為为並并於于層层範范圍围係系製制佈布週周佔占啟启爲为後后衆众"
    "來来個个們们倉仓偉伟傳传傷伤債债備备僅仅價价儀仪億亿儲储兩两冊册寫写決决況况準准減减創创劃划劇剧勞劳勢势勝胜勳勋協协歐欧雜杂"
    "後后從从復复徵征憂忧憲宪應应懷怀態态懇恳戰战戶户拋抛掃扫採采換换據据擔担擇择擬拟擴扩攝摄數数斷断樂乐樓楼樣样權权條条構构檔档檢检"
    "歡欢歲岁歸归殘残氣气測测滅灭漢汉潔洁濟济灣湾災灾無无煙烟熱热營营爭争爺爷牆墙狀状獨独獻献環环現现產产畢毕畫画當当療疗發发盡尽"
    "監监盤盘眾众碩硕礎础禮礼禍祸種种稅税積积穩稳窮穷競竞筆笔築筑籌筹籤签糧粮納纳紙纸統统絕绝緣缘縮缩繪绘罰罚羅罗習习聖圣職职脈脉腦脑"
    "臨临與与蓋盖處处術术衛卫衝冲裡里複复襲袭見见觸触詩诗誠诚識识譯译豐丰貝贝賀贺賬账購购邊边郵邮鑒鉴針针鍵键錶表陽阳陰阴陳陈"
)
_SIMPLIFIED = {ord(one): other for one, other in zip(_PAIRS[::2], _PAIRS[1::2], strict=True) if one != other}
_TRADITIONAL = re.compile(f"[{''.join(map(chr, _SIMPLIFIED))}]")


def simplified(text: str) -> str:
    """Return ``text``, as long as it was, with a simplified character for each traditional one.

    A look tells first whether there is any.
    """
    return text.translate(_SIMPLIFIED) if _TRADITIONAL.search(text) else text


@lru_cache(maxsize=8192)
def squeeze(text: str) -> str:
    """Return ``text`` for comparing only: NFKC, lower case, simplified characters, no blanks of any kind."""
    plain = "".join(unicodedata.normalize("NFKC", "".join(text.split())).split()).lower()
    plain = INVISIBLE.sub("", plain)
    return simplified(plain)
