"""What the office's help says, page by page: for what a page is, what people do there, what goes wrong, and its words.

One section for each part of the office's addresses below /organiser/, ``*`` where a number or a code stands. A page
takes the section of the longest beginning of its address, so a new page has its section's help at once. Words are the
glossary's.
"""

from typing import NamedTuple

from models.vocabulary.code_list import N_


class Fault(NamedTuple):
    """What goes wrong, and what to do about it."""

    what: str
    answer: str


class Section(NamedTuple):
    """The help of a part of the office. ``words`` are keys of WORDS."""

    title: str
    purpose: str
    acts: tuple[str, str, str]
    faults: tuple[Fault, ...]
    words: tuple[str, ...]


class Word(NamedTuple):
    """A word of the glossary as readers know it."""

    word: str
    means: str


# Below each key the sentences in the order of Section; Chinese stands in translations/, as of every page.
SECTIONS: dict[str, Section] = {
    "": Section(
        N_("The office"),
        N_(
            "Here the county's office plans market days, watches them and follows up. Each page has its own "
            "help under the question mark."
        ),
        (
            N_("Open a market day from the list, or make a new one."),
            N_("Look into the inbox each morning: it says what waits for you."),
            N_("Print the guides under Help for new colleagues and for the booths."),
        ),
        (
            Fault(
                N_("A page or a button is not there."),
                N_("Your account does not see it. Ask an organiser of your county."),
            ),
            Fault(
                N_("Signed out in the middle of work."),
                N_("Sign in again in another tab; what you typed is still on the first one."),
            ),
        ),
        ("market day", "organiser", "role"),
    ),
    "market-days": Section(
        N_("Market days"),
        N_("All market days of the county: what comes, what is open, what waits for a signature."),
        (
            N_("Plan a new day; with the booths of last time it takes a minute."),
            N_("Open a day to set it up or to watch it."),
            N_("Filter by town or date; sort by any heading."),
        ),
        (
            Fault(
                N_("The date seems wrong."),
                N_("Look at the market rule of the town: it may have changed its days."),
            ),
            Fault(
                N_("A day cannot be deleted."),
                N_(
                    "Tablets or printed passes know it. Cancel it, with a reason: it stays in the list and "
                    "counts as none."
                ),
            ),
        ),
        ("market day", "draft", "campaign"),
    ),
    "market-days/*": Section(
        N_("A market day's booths"),
        N_("One market day as it is set up: booths, posts, operators, tablets, and all that is printed for it."),
        (
            N_("Add booths and give them posts, an operator and a tablet; the list above says what is missing."),
            N_("Publish the day: from then on phones and the wall show it."),
            N_("Print posters, passes and the loudspeaker list two days before."),
        ),
        (
            Fault(
                N_("A booth is marked as not ready."),
                N_(
                    "Open it: a post, an operator or a tablet is missing. A booth without a tablet is named "
                    "on the summary."
                ),
            ),
            Fault(
                N_("The weather is bad."),
                N_("Postpone it: codes and passes stay good. Cancel only if it will not be held at all."),
            ),
        ),
        ("booth", "vacancy", "operator", "tablet"),
    ),
    "market-days/*/booths": Section(
        N_("A booth"),
        N_("One booth of a market day: what it offers, who works there, which tablet it has."),
        (
            N_("Write or choose the posts it offers, with pay in yuan."),
            N_("Put an operator on duty; they set their own PIN at the first sign-in."),
            N_("Enrol a tablet: show the code, and scan it with the tablet within ten minutes."),
        ),
        (
            Fault(N_("The code does not work."), N_("It holds ten minutes and once. Make a new one.")),
            Fault(
                N_("A post is refused by the check."),
                N_(
                    "Read the reason beside the text and write it as it says; or a reviewer overrules it, "
                    "with a reason."
                ),
            ),
        ),
        ("booth", "vacancy", "enrolment", "pin"),
    ),
    "market-days/*/vacancies": Section(
        N_("A day's vacancies"),
        N_("All posts of the day in one table: who offers them, pay, places left."),
        (
            N_("Sort by pay or places to see what is scarce."),
            N_("Close a post that takes nobody any more: phones and tablets hear of it."),
            N_("Print the list for the desk."),
        ),
        (
            Fault(
                N_("Places left seem too many."),
                N_("Tablets that have not sent yet know of more hires. Look at Tablets."),
            ),
            Fault(
                N_("A post shows old pay."),
                N_("Change it at the employer: the next contact of the tablets brings it."),
            ),
        ),
        ("vacancy", "places left", "offer"),
    ),
    "market-days/*/live": Section(
        N_("Live"),
        N_("How the day goes, renewed every 15 seconds: who came, what came of it, which tablet is silent."),
        (
            N_("See at the top how complete the figures are before you tell them to anybody."),
            N_("Call the booth whose tablet nobody heard of."),
            N_("Hold it still to read aloud or to copy."),
        ),
        (
            Fault(
                N_("Figures stand still."),
                N_("Without network tablets keep everything and send it later. Nothing is lost."),
            ),
            Fault(
                N_("A figure is higher than what people see."),
                N_("Visits count each booth once; persons count each person once for the day."),
            ),
        ),
        ("person", "visit", "check-in"),
    ),
    "market-days/*/wall": Section(
        N_("Wall"),
        N_(
            "The market day on a television or projector: booths, posts and pay, one slide after the other. "
            "No person is shown."
        ),
        (
            N_("Open it here for a projector and click once for the full screen."),
            N_("Make an address for a television box and type it there once."),
            N_("End an address that is not needed any more."),
        ),
        (
            Fault(
                N_("The wall says that there is no network."),
                N_("It goes on with what it knew and comes back by itself. Look at the cable or the hotspot."),
            ),
            Fault(
                N_("After a power cut the television is black."),
                N_("Make the address the home page of its browser."),
            ),
        ),
        ("wall", "booth", "places left"),
    ),
    "market-days/*/people": Section(
        N_("Job seekers of the day"),
        N_("Who was registered or tied to a post on this day, for who works with them."),
        (
            N_("Find a person by name, pinyin, the last four digits of the phone or the pass."),
            N_("Open a person to see and correct what was recorded."),
            N_("Say whether two registrations are one person."),
        ),
        (
            Fault(
                N_("Somebody is missing."),
                N_("Their tablet has not sent yet, or they were at the booth by number alone."),
            ),
            Fault(N_("A name is wrong."), N_("Correct it on the person's page: the first record is kept beside it.")),
        ),
        ("candidate", "person", "pass"),
    ),
    "market-days/*/tablets": Section(
        N_("Tablets of the day"),
        N_("Each tablet of the day: what has arrived from it, what it still holds, when it was last heard of."),
        (
            N_("Wait with closing until each says that everything has arrived."),
            N_("Take a tablet that is lost off, and report it."),
            N_("Receive a hand-over where a tablet finds no network."),
        ),
        (
            Fault(N_("A tablet is silent."), N_("Switch it on near a network and leave it open; it sends by itself.")),
            Fault(
                N_("A tablet is broken."),
                N_(
                    "Enrol another one at the same booth; the broken one's record comes by hand-over or is "
                    "written off with a reason."
                ),
            ),
        ),
        ("tablet", "hand-over", "device"),
    ),
    "market-days/*/quarantine": Section(
        N_("To look at"),
        N_("Records that need a person's eye: a full post, an unknown pass, something outside a booth's reach."),
        (
            N_("Open one, read why it waits, and decide."),
            N_("Accept what happened; set aside what did not."),
            N_("Write a reason: it stays with the record."),
        ),
        (
            Fault(N_("Nothing can be decided."), N_("Call the booth: its number and the time stand on the record.")),
            Fault(
                N_("A decision was wrong."),
                N_("Decide anew: the latest word counts, the earlier one stays in the history."),
            ),
        ),
        ("attention", "settlement", "reach"),
    ),
    "market-days/*/exclusions": Section(
        N_("Excluded records"),
        N_("Records of a tablet from a moment on that count for nothing, because it was in wrong hands."),
        (
            N_("Exclude from the moment on at which the tablet was lost."),
            N_("Write what happened."),
            N_("End it when it turns out that all was right."),
        ),
        (
            Fault(N_("The summary fell."), N_("That is the meaning. A closed day gets a new version with the reason.")),
            Fault(N_("The tablet was found again."), N_("End the exclusion, and enrol the tablet anew.")),
        ),
        ("tablet", "exclusion", "incident"),
    ),
    "market-days/*/hand-overs": Section(
        N_("Hand-overs"),
        N_("Records of a tablet that found no network: read from codes on its screen, or from a file."),
        (
            N_("Open the hand-over on the tablet and hold it before the camera."),
            N_("Or choose the file that the tablet wrote."),
            N_("Look at the count: it says whether all has arrived."),
        ),
        (
            Fault(
                N_("The camera reads nothing."),
                N_("More light on neither; make the tablet's screen bright and come nearer."),
            ),
            Fault(
                N_("It is not accepted by itself."),
                N_("Its seal does not fit: an organiser looks at it and decides."),
            ),
        ),
        ("hand-over", "tablet", "log"),
    ),
    "market-days/*/posters": Section(
        N_("Posters"),
        N_("Posters of the day: one a post, one a booth, and one for the gate, each with its code."),
        (
            N_("Choose what you need and print on A4."),
            N_("Hang them at eye height, the code not behind glass."),
            N_("Scan one before you print all."),
        ),
        (
            Fault(N_("The code leads nowhere."), N_("The day is a draft: publish it.")),
            Fault(N_("The edge is cut."), N_("Print in full size, margins as given.")),
        ),
        ("booth", "vacancy", "draft"),
    ),
    "market-days/*/passes": Section(
        N_("Paper passes"),
        N_("Passes printed beforehand for people without a phone: a number and a code, nothing about anybody."),
        (
            N_("Print as many as people came last time, and a tenth more."),
            N_("Cut them and put a pack at the gate and at each desk."),
            N_("Give one to each person; the booth scans it."),
        ),
        (
            Fault(N_("A pass was lost."), N_("Give another one: the desk binds it to the same person.")),
            Fault(N_("A pass of another day is shown."), N_("The tablet keeps it as a number alone. Give a new one.")),
        ),
        ("pass", "candidate", "operator"),
    ),
    "market-days/*/summary": Section(
        N_("Attendance summary"),
        N_("The figures of the day as they are signed: every line numbered, how complete they are, which version."),
        (
            N_("Close the day when all tablets have sent everything."),
            N_("Print it, have it signed and stamped, and note the signature."),
            N_("Take it as a spreadsheet for your own report."),
        ),
        (
            Fault(
                N_("It says “not complete”."),
                N_("It names the tablet or booth that is missing. Get it, or close with that remark."),
            ),
            Fault(
                N_("Something came after signing."),
                N_("The signed version stays. Close anew with a reason: that makes the next version."),
            ),
        ),
        ("person", "visit", "version", "hire"),
    ),
    "market-days/*/closings": Section(
        N_("Versions"),
        N_("Each version of the day's figures: who closed it, when and why, and what changed."),
        (
            N_("Close the day, once everything has arrived."),
            N_("Compare two versions line by line."),
            N_("Print an earlier one: none is lost."),
        ),
        (
            Fault(N_("It cannot be closed."), N_("It has not opened yet, it is a draft, or it was cancelled.")),
            Fault(N_("The hash on paper is another one."), N_("The paper is of another version: compare its number.")),
        ),
        ("version", "signing", "attention"),
    ),
    "calendar": Section(
        N_("Planner"),
        N_("The month and the season of all towns: market dates, what is planned, what is missing."),
        (
            N_("Click a market date to plan a day there."),
            N_("Plan a whole season at once from last time's booths."),
            N_("See where operators or tablets are missing."),
        ),
        (
            Fault(N_("A town has no dates."), N_("Write its market rule first.")),
            Fault(N_("Two days want the same operator."), N_("The preview names the clash; choose another operator.")),
        ),
        ("market rule", "series", "market day"),
    ),
    "series": Section(
        N_("Series of market days"),
        N_("Many market days made in one go, and taken back as one."),
        (
            N_("Choose towns and weeks; look at the preview."),
            N_("Make them: each is a draft until you publish it."),
            N_("Take a series back as long as nothing happened on its days."),
        ),
        (
            Fault(
                N_("Some days were left out."),
                N_("They clash with a day that exists, or are holidays; the list says which."),
            ),
            Fault(N_("A day of the series must change."), N_("Change it by itself: the others stay.")),
        ),
        ("series", "market rule", "draft"),
    ),
    "employers": Section(
        N_("Employers"),
        N_("Firms, households and villages that want people, with their posts of the season and their papers."),
        (
            N_("Add an employer or take a list in from a spreadsheet."),
            N_("Check its posts once a month: still open, still this pay?"),
            N_("Give it a link, so that it writes its own changes."),
        ),
        (
            Fault(N_("It is there twice."), N_("Open “Twins” and put the two together; links of the second end.")),
            Fault(N_("It asks for money from people."), N_("Close its posts and receive a complaint.")),
        ),
        ("employer", "vacancy", "employer link"),
    ),
    "vacancies": Section(
        N_("Vacancies of the season"),
        N_("Every post of the season, whatever market day offers it."),
        (
            N_("Confirm posts that were not looked at for a month."),
            N_("Offer a post at a coming day."),
            N_("Close what is full everywhere."),
        ),
        (
            Fault(N_("A post is past its date."), N_("Ask the employer and confirm it, or close it.")),
            Fault(N_("A number is asked for."), N_("Seven digits, the same the whole season.")),
        ),
        ("vacancy", "offer", "employer"),
    ),
    "vacancy-proposals": Section(
        N_("Changes by employers"),
        N_("What employers asked for by their link. It is public only once somebody here took it."),
        (
            N_("Read old and new side by side."),
            N_("Take it, or decline it with a reason."),
            N_("Call when the pay falls or fees appear."),
        ),
        (
            Fault(N_("A change was taken by mistake."), N_("Take it back: what stood before is public again.")),
            Fault(N_("Somebody else holds the link."), N_("End the link at the employer and make a new one.")),
        ),
        ("employer link", "vacancy", "role"),
    ),
    "people": Section(
        N_("Job seekers"),
        N_("People of the county as they are registered: what they want, what came of it, what they agreed to."),
        (
            N_("Find somebody by name, pinyin, phone or pass."),
            N_("Correct, call, give a new pass, recommend posts."),
            N_("Delete or freeze somebody who asks for it."),
        ),
        (
            Fault(N_("Two people look like one."), N_("Say “one person” or “two people”: the latest word counts.")),
            Fault(N_("The number is hidden."), N_("Open it for a purpose, which is kept in the history.")),
        ),
        ("candidate", "person", "consent"),
    ),
    "follow-ups": Section(
        N_("Follow-up"),
        N_("Whom to call 7, 30 and 90 days after a market day, and what they said."),
        (
            N_("Take the next person on your list and call."),
            N_("Write what they said: started, left, looking."),
            N_("Enter a placement that was found later."),
        ),
        (
            Fault(N_("Nobody answers."), N_("Note the attempt; the list brings them again in a few days.")),
            Fault(N_("They want no calls."), N_("Note it: they leave the list.")),
        ),
        ("contact attempt", "round", "placement"),
    ),
    "assistance": Section(
        N_("Help for people in difficulty"),
        N_("Who of the office helps whom, and what was done."),
        (
            N_("Give each person a helper."),
            N_("Note each talk and each post that was offered."),
            N_("Look who had nobody for a month."),
        ),
        (
            Fault(N_("Somebody has no helper."), N_("Choose one on the person's page.")),
            Fault(N_("A helper left."), N_("Give their people to another one.")),
        ),
        ("assistance", "contact attempt", "person"),
    ),
    "notices": Section(
        N_("Inbox"),
        N_("What waits for you: records to look at, days to sign, complaints with a date."),
        (
            N_("Begin with what has a date."),
            N_("Each line leads to the page where it is done."),
            N_("It leaves the list by itself once it is done."),
        ),
        (
            Fault(N_("A line stays."), N_("Something is left to do on its page; read the sentence there.")),
            Fault(N_("No mail comes."), N_("Mail is set up by who runs the server.")),
        ),
        ("attention", "complaint", "signing"),
    ),
    "surveys": Section(
        N_("Plans for work"),
        N_("Before the season: who wants to go where, asked from door to door or by phone."),
        (
            N_("Make a survey and take the roster in."),
            N_("Print lists by village, or give rounds to tablets."),
            N_("Read the figures; cells below five are hidden outside."),
        ),
        (
            Fault(
                N_("A person is there twice."),
                N_("The roster is matched by name and birth year; put them together."),
            ),
            Fault(N_("Nobody was at home."), N_("Note the attempt and come again.")),
        ),
        ("survey", "roster", "round"),
    ),
    "mailings": Section(
        N_("Text messages"),
        N_("One text to many people for one purpose, never at night, never to who wants none."),
        (
            N_("Choose for whom, and read how many that is."),
            N_("Read the text as the first person gets it."),
            N_("Send, and look what became of each."),
        ),
        (
            Fault(N_("Many failed."), N_("The gateway says why; the numbers may be old.")),
            Fault(N_("It does not go out."), N_("Quiet hours: it goes out in the morning.")),
        ),
        ("mailing", "audience", "consent"),
    ),
    "campaigns": Section(
        N_("Campaigns"),
        N_("Market days of one theme and period, with targets and how far they are."),
        (
            N_("Make a campaign with its period and targets."),
            N_("Days in its period join by themselves or by choice."),
            N_("Read progress by town and week."),
        ),
        (
            Fault(N_("A day is missing."), N_("Open the day and choose the campaign.")),
            Fault(N_("The year's plan is to be made."), N_("“The year” makes the usual ones at once.")),
        ),
        ("campaign", "target", "market day"),
    ),
    "complaints": Section(
        N_("Complaints"),
        N_("The book of complaints: what, until when an answer is due, what was done."),
        (
            N_("Write down a complaint on the day it comes."),
            N_("Note each step."),
            N_("Answer before the date, and close it."),
        ),
        (
            Fault(N_("It is about fees or deposits."), N_("Close the employer's posts first.")),
            Fault(N_("The date is over."), N_("Answer at once and write why it took longer.")),
        ),
        ("complaint", "employer", "organiser"),
    ),
    "incidents": Section(
        N_("Lost tablets"),
        N_("A tablet that is lost: what of people it could hold, and who did which step when."),
        (
            N_("Report it at once: the tablet is locked out."),
            N_("Go through the steps; each has a deadline."),
            N_("Print the sheet for the file."),
        ),
        (
            Fault(N_("It was found."), N_("Note it; enrol it anew before it works again.")),
            Fault(N_("People must be told."), N_("The page says whom and how.")),
        ),
        ("incident", "device", "exclusion"),
    ),
    "papers": Section(
        N_("Papers of the law"),
        N_("The papers that the law on personal data asks for, filled in from what is set up here."),
        (
            N_("Read and print the register of processing."),
            N_("Print the assessment and have it signed."),
            N_("Write a new version of the notice when something changes."),
        ),
        (
            Fault(N_("Something in it is wrong."), N_("It comes from the county's settings: change them there.")),
            Fault(N_("Which notice did somebody read?"), N_("Each registration has its version.")),
        ),
        ("notice version", "consent", "county"),
    ),
    "ledger": Section(
        N_("Deletions"),
        N_("Who was deleted, when and why, without their names."),
        (
            N_("See requests that wait."),
            N_("Print a certificate for who asks."),
            N_("Look what the last run removed."),
        ),
        (
            Fault(
                N_("A request cannot be done yet."),
                N_("A law keeps it until a date, which the page says; it is frozen."),
            ),
            Fault(N_("Deleted by mistake."), N_("It cannot be brought back. Register anew.")),
        ),
        ("candidate", "certificate", "consent"),
    ),
    "retention": Section(
        N_("Periods"),
        N_("How long what is kept of people, and when it is removed by itself."),
        (
            N_("Read the periods before the season."),
            N_("Change one with a reason; the notice says it too."),
            N_("Look when the last run was."),
        ),
        (
            Fault(N_("No run for days."), N_("Tell who runs the server.")),
            Fault(N_("A longer period is wanted."), N_("Only with a law's article; write it down.")),
        ),
        ("county", "notice version", "certificate"),
    ),
    "market-rules": Section(
        N_("Market rules"),
        N_("On which days each town has its market: by the lunar or solar calendar, or by the week."),
        (
            N_("Write a town's rule as people say it: 1-4-7."),
            N_("Write exceptions for holidays."),
            N_("Look at the next dates before you trust it."),
        ),
        (
            Fault(N_("The dates are one day off."), N_("Lunar or solar? Compare with the town.")),
            Fault(
                N_("A town changed its days."),
                N_("Write a new rule from a date on; the old one stays for the past."),
            ),
        ),
        ("market rule", "exception", "division"),
    ),
    "devices": Section(
        N_("Devices"),
        N_("The county's tablets: each is enrolled once and given to booths by market day."),
        (
            N_("Give a device a name that stands on its back."),
            N_("Assign it to a booth of a coming day."),
            N_("Revoke one that is lost, at once."),
        ),
        (
            Fault(N_("It does not take the new booth."), N_("It still holds records: bring it to a network.")),
            Fault(N_("Its browser is too old."), N_("Update Chrome or the system's WebView, or take another tablet.")),
        ),
        ("device", "tablet", "enrolment"),
    ),
    "operators": Section(
        N_("Operators"),
        N_("People who work at booths' tablets, each with a PIN of their own."),
        (
            N_("Add operators or take a list in."),
            N_("Put them on duty at a day's booths."),
            N_("Clear a forgotten PIN: they set a new one."),
        ),
        (
            Fault(N_("Locked after wrong PINs."), N_("It opens by itself after a while, or clear the PIN.")),
            Fault(N_("Somebody left."), N_("Archive them: what they recorded stays.")),
        ),
        ("operator", "pin", "duty"),
    ),
    "imports": Section(
        N_("Spreadsheets"),
        N_("Lists as offices write them, taken in: employers, posts, operators, call lists."),
        (
            N_("Take a template or your own file."),
            N_("Look at the dry run: each faulty row says its cell and why."),
            N_("Take all, or the good rows alone."),
        ),
        (
            Fault(N_("A column is not understood."), N_("Say once what it is; it is remembered.")),
            Fault(N_("Wrong file."), N_("Stop it: nothing was taken in before you said so.")),
        ),
        ("sheet import", "employer", "vacancy"),
    ),
    "county": Section(
        N_("County"),
        N_("The office itself: name, telephone, languages, towns, service points, how soon tablets lock."),
        (
            N_("Keep telephone and hours right: they stand on every page."),
            N_("Add service points with address."),
            N_("Choose in which languages phones read."),
        ),
        (
            Fault(N_("An old name is printed."), N_("Change it here; signed sheets keep theirs.")),
            Fault(N_("A town is missing."), N_("Add it under Towns, with its code.")),
        ),
        ("county", "division", "service point"),
    ),
    "accounts": Section(
        N_("Accounts"),
        N_("Who of the office signs in, and what each role sees and changes."),
        (
            N_("Invite a colleague by a link of seven days."),
            N_("Give the smallest role that is enough."),
            N_("End the account of somebody who leaves on the same day."),
        ),
        (
            Fault(N_("A password is forgotten."), N_("Make a link that gives a new one.")),
            Fault(
                N_("The telephone with the codes is lost."),
                N_("A recovery code opens it; or an organiser takes the second factor off."),
            ),
        ),
        ("account", "role", "invitation", "second factor"),
    ),
    "account": Section(
        N_("Your account"),
        N_("Your own password and second verification."),
        (
            N_("Choose a long password that you use nowhere else."),
            N_("Set up the second verification and print the recovery codes."),
            N_("Sign out everywhere when a computer was lost."),
        ),
        (
            Fault(N_("The six digits are refused."), N_("The telephone's clock is wrong: set it to automatic.")),
            Fault(N_("No recovery codes left."), N_("Make new ones here.")),
        ),
        ("account", "second factor", "recovery code"),
    ),
    "keys": Section(
        N_("Keys"),
        N_("What seals phone numbers on tablets and signs phone passes. Hardly ever to be touched."),
        (
            N_("Make a new key that signs once a season."),
            N_("Revoke one only if it may have been copied."),
            N_("Read on the page what a step means."),
        ),
        (
            Fault(
                N_("Passes are marked."),
                N_("They were signed with a revoked key; they stay good for who holds them."),
            ),
            Fault(N_("A tablet does not know the key."), N_("It hears of it at its next contact.")),
        ),
        ("pass", "tablet", "county"),
    ),
    "history": Section(
        N_("History"),
        N_("Who changed what and when, and who read people's data for what purpose."),
        (
            N_("Filter by person, thing or time."),
            N_("Open a line to see before and after."),
            N_("Take it as CSV for the audit."),
        ),
        (
            Fault(
                N_("An entry is missing."),
                N_("Secrets are noted without their values; the demo's filling is not noted."),
            ),
            Fault(N_("Somebody read too much."), N_("Ask them, and look at their role.")),
        ),
        ("audit", "account", "amendment"),
    ),
    "city": Section(
        N_("City's totals"),
        N_("Sums over the market days of all counties. Nobody is named; counts of people below five are not told."),
        (
            N_("Choose the period."),
            N_("Make a campaign of the whole city with targets."),
            N_("Take the table as CSV."),
        ),
        (
            Fault(N_("A county has no figures."), N_("Its days are not closed yet.")),
            Fault(N_("A cell is empty."), N_("It is below five.")),
        ),
        ("city", "campaign", "version"),
    ),
    "first-steps": Section(
        N_("First steps"),
        N_("What a new office does first, in its order; each step says when it is done."),
        (
            N_("Follow the steps from the top."),
            N_("Try one tablet before the first market day."),
            N_("Hide the bar once you know the way."),
        ),
        (
            Fault(N_("A step stays open."), N_("Open it: it says what is missing.")),
            Fault(N_("The tablet warns of the certificate."), N_("Print the sheet about trust and follow it.")),
        ),
        ("county", "device", "market day"),
    ),
    "reports": Section(
        N_("Reports"),
        N_("Figures over several market days, to be signed or sent on: by campaign, town, venue, kind or period."),
        (
            N_("Choose what to add up above the sheet, and by what to part it."),
            N_("Print it, or take it as a table."),
            N_("Take the sheet for outside when it leaves the county: counts below five are hidden."),
        ),
        (
            Fault(
                N_("A figure is larger than the sum of people."),
                N_("Some figures count each person once, others add up market days; the sheet says which."),
            ),
            Fault(
                N_("Days are missing."),
                N_("Drafts, cancelled days and days to come are left out; the sheet counts them."),
            ),
        ),
        ("market day",),
    ),
    "superior-forms": Section(
        N_("Superior's forms"),
        N_("The bureau's own workbook, filled with your figures: name its cells once, fill it for each day or period."),
        (
            N_("Upload the workbook as it was sent to you."),
            N_("Click a cell and choose its figure, or let labels be read."),
            N_("Fill it for a market day or a period, and open it in Excel or WPS."),
        ),
        (
            Fault(
                N_("Formulas show old values."),
                N_("Excel works them out anew when it opens the file."),
            ),
        ),
        ("market day",),
    ),
    "exchange": Section(
        N_("Exchange"),
        N_("Vacancies to and from other regions, as a signed file or codes."),
        (
            N_("Add a partner: read its 24 digits over the telephone."),
            N_("Send a package of vacancies that people elsewhere may take."),
            N_("Take a package in, and look at each vacancy before it is offered."),
        ),
        (
            Fault(
                N_("A package is refused."),
                N_("It says why: changed, expired, sent before, or for somebody else. Ask for a new one."),
            ),
        ),
        ("market day",),
    ),
    "programmes": Section(
        N_("Courses and trips"),
        N_("What people sign up for by their pass: courses, organised trips, mentors, legal aid."),
        (
            N_("Plan one with its date, place and seats."),
            N_("Desks sign people up on their tablets, people themselves on their phones."),
            N_("Print the list, and note afterwards who came."),
        ),
        (
            Fault(
                N_("More signed up than there are seats."),
                N_("The later ones wait; two booths without network may have given the same seat."),
            ),
        ),
        ("market day",),
    ),
    "paper-batches": Section(
        N_("Papers of several days"),
        N_("One PDF with all papers of one or several market days, in order of town and booth."),
        (
            N_("Tick the market days and the papers."),
            N_("Wait until it is ready; you can go on working meanwhile."),
            N_("Take the file and print it; it is deleted after a day."),
        ),
        (
            Fault(
                N_("It is not begun."),
                N_("A font may be missing on the server: the page says which."),
            ),
        ),
        ("market day",),
    ),
    "backups": Section(
        N_("Backups"),
        N_("Copies of the whole database: how old the newest is, and one to take away."),
        (
            N_("Look now and then whether the newest is of today."),
            N_("Make one before a large change."),
            N_("Keep a copy in another building, and the keys apart from it."),
        ),
        (
            Fault(
                N_("The newest is older than a day."),
                N_("Tell whoever looks after the server."),
            ),
        ),
        ("market day",),
    ),
    "find": Section(
        N_("Find"),
        N_("One search over days, employers, vacancies, booths, tablets and pages."),
        (
            N_("Press Ctrl K on any page, and type."),
            N_("Write a date, a name, its first letters, or a number."),
            N_("Go on to the job seekers with the same words: looking people up is written down."),
        ),
        (
            Fault(
                N_("Nothing is found."),
                N_("Clerks find only what is in their towns."),
            ),
        ),
        ("market day",),
    ),
    "market-days/*/papers": Section(
        N_("Papers to print"),
        N_("All papers of a market day: who needs them, and how many sheets."),
        (
            N_("Print posters and signs the day before."),
            N_("Take passes for twice as many as you expect."),
            N_("Put all into one file for the printing room."),
        ),
        (
            Fault(
                N_("Codes do not scan."),
                N_("Print at 100 per cent, not fitted to the page."),
            ),
        ),
        ("market day",),
    ),
}

WORDS: dict[str, Word] = {
    "market day": Word(N_("Market day"), N_("one date at one market")),
    "organiser": Word(N_("organiser"), N_("who of the office plans the day and signs the sheet")),
    "role": Word(N_("role"), N_("what an account sees and changes")),
    "draft": Word(N_("draft"), N_("a day that only the office sees")),
    "campaign": Word(N_("campaign"), N_("market days of one theme and period")),
    "booth": Word(N_("Booth"), N_("an employer's or a desk's stand on a market day")),
    "vacancy": Word(N_("Vacancy"), N_("a kind of work with how many people are wanted")),
    "operator": Word(N_("operator"), N_("who works at a booth's tablet")),
    "tablet": Word(N_("tablet"), N_("a device's record at one booth on one day")),
    "enrolment": Word(N_("enrolment"), N_("making a tablet known, by a code of ten minutes")),
    "pin": Word(N_("PIN"), N_("four to six digits of an operator's own")),
    "places left": Word(N_("places left"), N_("how many are still wanted, as far as tablets have told")),
    "offer": Word(N_("offer"), N_("a vacancy at a booth on a market day")),
    "person": Word(N_("person"), N_("each human being once a day")),
    "visit": Word(N_("visit"), N_("a person at a booth, once a booth")),
    "check-in": Word(N_("check-in"), N_("a person tied to a post")),
    "wall": Word(N_("wall"), N_("the day on a large screen")),
    "candidate": Word(N_("candidate"), N_("a registration of who looks for work")),
    "pass": Word(N_("pass"), N_("a number with a code that stands for a person")),
    "hand-over": Word(N_("hand-over"), N_("a tablet's records carried by codes or a file")),
    "device": Word(N_("device"), N_("a tablet as a thing, known once in the county")),
    "attention": Word(N_("needs attention"), N_("recorded, and a person must look")),
    "settlement": Word(N_("settlement"), N_("what a person decided about a record")),
    "reach": Word(N_("reach"), N_("what a booth's record may change")),
    "exclusion": Word(N_("exclusion"), N_("records that count for nothing from a moment on")),
    "incident": Word(N_("incident"), N_("a lost tablet and the steps about it")),
    "log": Word(N_("log"), N_("all records of one tablet in order")),
    "version": Word(N_("version"), N_("figures as they were closed, never changed")),
    "hire": Word(N_("hire"), N_("a person taken on at the market")),
    "signing": Word(N_("signature"), N_("that the printed sheet was signed, and by whom")),
    "market rule": Word(N_("market rule"), N_("how a town's market days recur")),
    "series": Word(N_("series"), N_("market days made in one go")),
    "employer": Word(N_("employer"), N_("a firm, household or village that wants people")),
    "employer link": Word(N_("link for an employer"), N_("a secret address with the employer's own pages")),
    "consent": Word(N_("consent"), N_("that an employer may get name and phone")),
    "contact attempt": Word(N_("contact"), N_("one attempt to reach somebody")),
    "round": Word(N_("round"), N_("7, 30 and 90 days after, or a walk from door to door")),
    "placement": Word(N_("placement"), N_("work that was found out later")),
    "assistance": Word(N_("help"), N_("guidance to people in difficulty")),
    "complaint": Word(N_("complaint"), N_("what somebody complained about, and until when to answer")),
    "survey": Word(N_("survey"), N_("questions before the season")),
    "roster": Word(N_("roster"), N_("the bureau's list of people to ask")),
    "mailing": Word(N_("text message"), N_("one text to many people")),
    "audience": Word(N_("for whom"), N_("the people a text is for")),
    "target": Word(N_("target"), N_("how much a campaign is to reach")),
    "notice version": Word(N_("privacy notice"), N_("what people were told about their data")),
    "county": Word(N_("county"), N_("the office that runs market days")),
    "certificate": Word(N_("certificate"), N_("says that data were deleted")),
    "exception": Word(N_("exception"), N_("a date on which the rule does not hold")),
    "division": Word(N_("division"), N_("a town or county of the national list")),
    "duty": Word(N_("on duty"), N_("an operator at a booth on a day")),
    "sheet import": Word(N_("sheet import"), N_("a spreadsheet that is taken in")),
    "service point": Word(N_("service point"), N_("a place in a town where people are helped")),
    "account": Word(N_("account"), N_("what somebody signs in with")),
    "invitation": Word(N_("invitation"), N_("a link of seven days that makes an account")),
    "second factor": Word(N_("second verification"), N_("six digits from a telephone beside the password")),
    "recovery code": Word(N_("recovery code"), N_("stands for a lost telephone, once")),
    "audit": Word(N_("history"), N_("who did what and when")),
    "amendment": Word(N_("amendment"), N_("a change after a day was closed, with a reason")),
    "city": Word(N_("city"), N_("sums over all counties")),
}


def section_of(rule: str) -> str:
    """Return the key of the section of an address as Flask writes it: ``/organiser/market-days/<int:id>/live``."""
    parts = ["*" if part.startswith("<") else part for part in rule.removeprefix("/organiser").strip("/").split("/")]
    beginnings = ("/".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((path for path in beginnings if path in SECTIONS), "")
