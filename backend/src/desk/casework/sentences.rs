//! What a person is told of their case where no officer wrote it: in their language, plain and short.

use contract::words::Lang;

use super::{acts::Outcome, ranks::Reason};

/// What wakes an officer, as one SMS: it may be read over a shoulder.
pub fn wake(cases: &[u32], lang: Lang) -> String {
    let which = match cases {
        [] => String::new(),
        [one] => format!("№{one}"),
        [first, others @ ..] => format!("№{first} +{}", others.len()),
    };
    match lang {
        Lang::Kk => format!("Сапарлас. Өмірге қауіп: {which}. Оны ешкім алған жоқ."),
        Lang::Ru => format!("Сапарлас. Угроза жизни: {which}. Дело никто не взял."),
        Lang::En => format!("Saparlas. A life is at risk: {which}. Nobody has it."),
    }
}

/// Why a case has the rank that was accepted.
pub fn reason(reason: Reason, lang: Lang) -> &'static str {
    let words = match reason {
        Reason::Trapped => ["Шыға алмай тұрсыз", "Вы не можете выбраться", "You cannot get out"],
        Reason::Violence => ["Сізге күш көрсетіп жатыр", "К вам применяют насилие", "Somebody is violent to you"],
        Reason::MedicineOut => {
            ["Дәрі бір күнге де жетпейді", "Лекарства осталось на день или меньше", "The medicine lasts a day or less"]
        }
        Reason::Injured => ["Араңызда жараланған адам бар", "Среди вас есть раненые", "Somebody with you is hurt"],
        Reason::ChildAlone => ["Бала жалғыз қалды", "Ребёнок один, без своих", "A child is without its people"],
        Reason::Detained => ["Сізді ұстап отыр", "Вас удерживают", "You are being held"],
        Reason::MedicineSoon => [
            "Дәрі үш күннен кейін таусылады",
            "Лекарства осталось на три дня или меньше",
            "The medicine lasts three days or less",
        ],
        Reason::CallUnanswered => [
            "Қоңырау шалдыңыз, көмек әлі келген жоқ",
            "Вы звонили, и помощь всё ещё нужна",
            "You called, and still need help",
        ],
        Reason::Infant => ["Қасыңызда сәби бар", "С вами младенец", "There is an infant with you"],
        Reason::Pregnant => ["Араңызда жүкті әйел бар", "Среди вас есть беременная", "Somebody with you is pregnant"],
        Reason::Shut => [
            "Жазғаныңыз бізде ашылмады, не болғанын айтыңыз",
            "Ваши слова у нас не открылись: напишите, что случилось",
            "We could not open what you wrote: tell us what happened",
        ],
        Reason::NeedHelp => ["Көмек сұрадыңыз", "Вы просите помощи", "You ask for help"],
        Reason::Shelter => ["Түнейтін жеріңіз жоқ", "Вам негде ночевать", "You have nowhere to stay"],
        Reason::Wheelchair => {
            ["Араңызда арбадағы адам бар", "Среди вас есть человек на коляске", "Somebody with you uses a wheelchair"]
        }
        Reason::Stranded => [
            "Қауіпсіз жердесіз, бірақ жолға шыға алмай тұрсыз",
            "Вы в безопасности, но не можете ехать дальше",
            "You are safe, and cannot go on",
        ],
        Reason::Documents => ["Құжатыңыз жоқ", "У вас нет документов", "You have no documents"],
        Reason::Money => ["Ақшаңыз таусылды", "У вас кончились деньги", "You have no money left"],
        Reason::LostTouch => ["Хабарыңызды күтіп отырмыз", "Мы ждём вестей от вас", "We wait to hear from you"],
    };
    lang.of(words)
}

/// How a case ended.
pub fn outcome(outcome: Outcome, lang: Lang) -> &'static str {
    let texts = match outcome {
        Outcome::Helped => ["Көмек көрсетілді", "Помощь оказана", "You were helped"],
        Outcome::SafeByOwnWord => {
            ["Қауіпсіз екеніңізді айттыңыз", "Вы сказали, что вы в безопасности", "You said that you are safe"]
        }
        Outcome::LeftTheCountry => ["Елден шықтыңыз", "Вы выехали из страны", "You have left the country"],
        Outcome::HandedToOthers => ["Ісіңіз басқаларға берілді", "Дело передано другим", "Others look after it now"],
        Outcome::Double => [
            "Бұл өтініш басқа ісіңізге қосылды",
            "Это обращение соединено с другим вашим делом",
            "It was joined to another case of yours",
        ],
        Outcome::CouldNotHelp => ["Көмектесе алмадық", "Мы не смогли помочь", "We could not help"],
        Outcome::Mistake => ["Қателесіп жіберілген екен", "Это было отправлено по ошибке", "It was sent by mistake"],
        Outcome::Erased => ["", "", ""],
    };
    lang.of(texts)
}

/// What a person is asked when somebody at home hears nothing from them: who asks, as they called themselves.
pub fn sign(caller: &str, lang: Lang) -> String {
    let who = if caller.trim().is_empty() { String::new() } else { format!(": {}", caller.trim()) };
    let [begin, rest] = match lang {
        Lang::Kk => [
            "Үйдегілер сізді іздеп жатыр",
            "Аман екеніңізді айтсақ бола ма? «Иә» десеңіз, тек соны айтамыз, қайда екеніңізді айтпаймыз.",
        ],
        Lang::Ru => [
            "Вас ищут близкие",
            "Можно сказать им, что с вами всё в порядке? Если «Да», скажем только это. Где вы, не скажем.",
        ],
        Lang::En => [
            "People at home are looking for you",
            "May we tell them that you are well? If yes, we say only that, and not where you are.",
        ],
    };
    format!("{begin}{who}. {rest}")
}

/// By SMS, to whom a word came by SMS: when it was said, and nothing of what.
pub fn received(said: &str, lang: Lang) -> String {
    format!("{} {said}", lang.of(["Алынды", "Получено", "Received"]))
}
