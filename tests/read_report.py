#!/usr/bin/env python3
"""Opens a report in headless Chromium and uses it: read_report.py OUTPUT_DIR [SCREENSHOT_PREFIX]

Passes when the console is silent, nothing is loaded from anywhere, search, choice, order and links work, nothing is wider than a
phone, and no words of an article became markup."""
import os, re, sys, tempfile
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

page = os.path.join(os.path.abspath(sys.argv[1]), "report.html")
failures = []


def check(condition, message):
    if not condition:
        failures.append(message)
        print("FAIL", message)


source = open(page, encoding="utf-8").read()
check(len(source.encode()) < 5_000_000, f"the page has {len(source.encode())} bytes")
loads = re.findall(r'<(?:script|img|iframe|link|object|embed)\b[^>]*?(?:src|href)\s*=\s*"(?!data:)([^"]*)"', source)
check(not loads, f"loads {loads[:3]}")

options = webdriver.ChromeOptions()
options.binary_location = "/usr/bin/chromium"
for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir=" + tempfile.mkdtemp(), "--window-size=1280,1600"):
    options.add_argument(flag)
options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
driver.get("file://" + page)
find = lambda css: driver.find_elements(By.CSS_SELECTOR, css)
shown = lambda list_id: len(driver.execute_script("return Array.from(document.getElementById(arguments[0]).children).filter(x => !x.hidden)", list_id))

check(len(find("section h2")) >= 6, "sections are missing")
check(driver.execute_script("return document.querySelectorAll('script').length") == 1, "a script from an article")
check(not find("b, img, iframe"), "markup from an article")
check(all(e.get_attribute("href").startswith(("http://", "https://", "file://")) for e in find("a[href]")[:500]), "a link to something else")
for svg in find("svg"):
    check(svg.get_attribute("role") == "img" and svg.get_attribute("aria-labelledby"), "a chart without a text alternative")

total = shown("article-list")
first = driver.find_element(By.CSS_SELECTOR, "#article-list .who").get_attribute("textContent")
word = max(re.findall(r"\w+", first), key=len)
box = driver.find_element(By.CSS_SELECTOR, "[data-filter=article-list]")
box.send_keys(word)
check(1 <= shown("article-list") <= total, f"search for {word!r}: {shown('article-list')} of {total}")
check(f"{shown('article-list')} of {total}" in driver.find_element(By.CSS_SELECTOR, "[data-count=article-list]").text, "the count is wrong")
box.send_keys("zzzzqqq")
check(shown("article-list") == 0, "search finds what is not there")
box.send_keys(Keys.CONTROL, "a", Keys.DELETE)
check(shown("article-list") == total, "the search cannot be undone")
select = Select(driver.find_element(By.CSS_SELECTOR, "[data-select=article-list]"))
language = select.options[1].get_attribute("value")
select.select_by_value(language)
wanted = driver.execute_script("return document.querySelectorAll('#article-list > [data-language=\"' + arguments[0] + '\"]').length", language)
check(shown("article-list") == wanted, f"choice of {language}: {shown('article-list')}, not {wanted}")
select.select_by_value("")
Select(driver.find_element(By.CSS_SELECTOR, "[data-sort=article-list]")).select_by_value("quotations")
order = [int(e.get_attribute("data-quotations")) for e in find("#article-list > li")]
check(order == sorted(order, reverse=True), "order by quotations")

table = driver.find_element(By.CSS_SELECTOR, "table.sortable")
driver.execute_script("arguments[0].closest('details').open = true", table)
button = table.find_elements(By.CSS_SELECTOR, "th button")[1]
button.send_keys(Keys.ENTER)
numbers = [int(c.text) for c in table.find_elements(By.CSS_SELECTOR, "tbody tr td:nth-child(2)")]
check(numbers == sorted(numbers, reverse=True), "a table does not sort by keyboard")
cells = find("a.cell")
if cells:
    target = cells[0].get_attribute("href").split("#")[1]
    cells[0].send_keys(Keys.ENTER)
    check(driver.execute_script("return document.querySelector('#' + arguments[0] + ' details').open", target), "a cell does not lead to its evidence")
if len(sys.argv) > 2:
    driver.save_screenshot(sys.argv[2] + "-matrix.png")
    driver.execute_script("document.querySelectorAll('#article-list details').forEach((d, n) => { d.open = n < 3 }); document.getElementById('articles').scrollIntoView()")
    driver.save_screenshot(sys.argv[2] + "-articles.png")
driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True})
wide = driver.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
check(wide <= 0, f"{wide} pixels wider than a phone")
if len(sys.argv) > 2:
    driver.execute_script("document.getElementById('stances').scrollIntoView()")
    driver.save_screenshot(sys.argv[2] + "-phone.png")
log = [e for e in driver.get_log("browser") if e["level"] in ("SEVERE", "WARNING")]
check(not log, f"console: {log[:3]}")
driver.quit()
print("report of", len(source.encode()), "bytes,", total, "articles, failures:", len(failures))
sys.exit(1 if failures else 0)
