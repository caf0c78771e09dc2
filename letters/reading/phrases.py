"""Fixed words of letters in six languages: salutations, closings, subjects."""

import re

SALUTATION = re.compile(
    r"^\s*(?:"
    r"dear\b|(?:your|their)\s+excellenc|excellenc(?:y|ies)\b|to whom it may|honou?rable\b|distinguished\b|mr\.? (?:secretary|president|chair|under)|madam\b|sir\b"
    r"|madame\b|monsieur\b|mesdames\b|messieurs\b|excellences?\b|votre excellence|ch[eè]re?s?\b"
    r"|estimad[oa]s?\b|excelencias?\b|excelent[ií]sim|su excelencia|vuestra excelencia|se[ñn]or(?:a|es)?\b|distinguid[oa]|de (?:nuestra|mi) (?:mayor )?consideraci"
    r"|уважаем|ваше превосходительство|ваши превосходительства|многоуважаем|глубокоуважаем|дорог(?:ой|ая|ие)\b"
    r"|صاحب|أصحاب|سعادة|معالي|السيدة?\s|السادة|حضرة|تحية طيبة|عزيز|فخامة"
    r"|尊敬的|敬爱的|亲爱的|敬启者|阁下|致"
    r")",
    re.IGNORECASE,
)
SALUTATION_END = re.compile(r"[,،，:：!！;؛]\s*$")
CLOSING = re.compile(
    r"^\s*(?:"
    r"signed\b(?: by)?|yours (?:sincerely|faithfully|truly|respectfully)|(?:most )?sincerely(?: yours)?|respectfully(?: submitted| yours)?"
    r"|with (?:our |my |the )?(?:highest |best |deep |deepest |kind |warm |great )?(?:respect|regards|appreciation|consideration|assurances|gratitude|thanks)\b.{0,60}"
    r"|(?:kind|best|warm|kindest|warmest) regards|in solidarity|signatories|(?:the )?undersigned.{0,50}|endorsed by|signing organi[sz]ations|in peace"
    r"|respectueusement|cordialement|salutations\b.{0,40}|sign[ée]e?s?(?: par)?|(?:liste des |les )?(?:organisations )?signataires|(?:bien )?à vous"
    r"|(?:muy )?atentamente|respetuosamente|cordialmente|firmado(?: por)?|firman|firmas|suscriben|(?:organizaciones )?firmantes|saludos\b.{0,40}|con (?:nuestro |todo )?respeto"
    r"|с (?:глубоким |искренним )?уважением|подписали|подписи|подписано|искренне ваш\w?|подписанты"
    r"|(?:و?مع )(?:فائق|خالص|أطيب|كامل|وافر|جزيل).{0,40}|الموقع(?:ون|ين).{0,20}|التوقيعات?|التواقيع|المنظمات الموقعة|باحترام|مع التقدير.{0,20}|مع الاحترام.{0,20}"
    r"|此致|敬礼|谨启|谨上|敬上|签署(?:人|方|机构|组织)?|联署(?:机构|人|方|组织)?|顺颂.{0,6}|此致敬礼"
    r")\s*[,،，.:：!！。]*\s*$",
    re.IGNORECASE,
)
# Sentences that close a letter and may run over several lines.
LONG_CLOSING = re.compile(
    r"^\s*(?:veuillez (?:agréer|recevoir|croire)|nous vous prions (?:d['’]agréer|de recevoir|de croire)|je vous prie d['’]agréer"
    r"|dans l['’]attente|please accept|we avail ourselves|sin otro particular|reciba(?:n)?\b|aprovechamos (?:la|esta)|le saludan|le saludamos"
    r"|و?تفضلوا بقبول|و?تقبلوا|примите\b|просим принять)",
    re.IGNORECASE,
)
SUBJECT = re.compile(
    r"^\s*(?:re|subject|subj|ref|objet|concerne|sujet|asunto|тема|касательно|предмет|الموضوع|بشأن|主题|事由|标题)\s*[:：.]\s*",
    re.IGNORECASE,
)
TO = re.compile(r"^\s*(?:to|attention|attn|à|a|para|кому|إلى|致|收件人)\s*[:：]\s*", re.IGNORECASE)
ORDINAL = re.compile(
    r"^\s*(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|fifth(?:ly)?|finally|lastly|in conclusion|"
    r"premièrement|deuxièmement|troisièmement|enfin|primero|segundo|tercero|por último|finalmente|"
    r"во-первых|во-вторых|в-третьих|наконец|أولا|أولاً|ثانيا|ثانياً|ثالثا|ثالثاً|وأخيرا|第一|第二|第三|最后)\s*[,،，:]",
    re.IGNORECASE,
)
NOTES_HEADING = re.compile(
    r"^\s*(?:notes?|references?|footnotes?|endnotes?|références|notas?|referencias|примечания|сноски|الهوامش|الحواشي|المراجع|注释|脚注|参考资料)\s*[:：]?\s*$",
    re.IGNORECASE,
)
