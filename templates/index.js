/* Search and filters of the front page. The words to search lie in search_index.js; the state lies in the address. */
(function(){
var index=window.MICROSEG_INDEX||[],form=document.getElementById('find'),field=document.getElementById('q'),hits=document.getElementById('hits'),tree=document.getElementById('tree'),found=document.getElementById('found');
var names=['level','status','focus','owner'],items=[].slice.call(tree.querySelectorAll('li')).reverse(),known={},chosen=null,count=-1,later;
function fold(text){text=text.toLowerCase();return/^[\0-~]*$/.test(text)?text:text.normalize('NFD').replace(/[\u0300-\u036f]/g,'')}
/* which three letters stand beside each other in a segment, as 4,096 bits: what lacks three letters of a word is not searched for it */
var bits=new Uint32Array(index.length*128);
function bit(text,at){return text.charCodeAt(at-2)*1033+text.charCodeAt(at-1)*31+text.charCodeAt(at)&4095}
function bitsOf(words){var found=[];words.forEach(function(word){for(var at=2;at<word.length;at++)found.push(bit(word,at))});return found}
function mayHold(place,wanted){return wanted.every(function(one){return bits[place*128+(one>>5)]>>>(one&31)&1})}
/* every word begins behind a blank, so that beginnings are found by looking for a blank before them */
index.forEach(function(one,place){
var at=0;one.ends=[];
one.all=one.slice(1).map(function(text){var words=' '+fold(text).replace(/[^\p{L}\p{N}]+/gu," ");one.ends.push(at+=words.length+1);return words}).join('\n');
for(at=2;at<one.all.length;at++){var held=bit(one.all,at);bits[place*128+(held>>5)]|=1<<(held&31)}
});
items.forEach(function(li){li.f=li.dataset.f.split('|');li.t=li.dataset.t.split('|');known[li.id.slice(8)]=li});
function value(id){var box=document.getElementById(id);return box?box.value:''}
function filter(){
var want=names.map(value),tag=value('tag'),now=want.join('|')+'|'+tag,on=now!=='||||';
if(now===chosen)return;
chosen=now;count=0;
items.forEach(function(li){
li.fits=(!tag||li.t.indexOf(tag)>=0)&&want.every(function(one,i){return!one||li.f[i]===one});
if(li.fits)count++;
li.hidden=on&&!li.fits&&!li.below;
var up=li.parentNode.closest('li');if(up&&(li.fits||li.below))up.below=true;
li.below=false;
});
if(!on)count=-1;
}
/* the first place of a word lies in the part that counts most, and so does the first that it begins */
function worth(one,at){return at<one.ends[0]?8:at<one.ends[1]?6:at<one.ends[2]?4:2}
function score(one,words){
var total=0;
for(var w=0;w<words.length;w++){
var at=one.all.indexOf(words[w]);
if(at<0)return 0;
var begins=one.all[at-1]===' '?at:one.all.indexOf(' '+words[w],at)+1;
total+=Math.max(worth(one,at),begins?2*worth(one,begins):0);
}
return total;
}
function text(parent,tag,words,name){var made=document.createElement(tag);made.textContent=words;if(name)made.className=name;parent.appendChild(made);return made}
function show(){
var words=fold(field.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean),number=0,best=[],shown=document.createDocumentFragment();
filter();
tree.hidden=words.length>0;
if(words.length){
var wanted=bitsOf(words);
index.forEach(function(one,place){var li=known[one[0]],points=li&&li.fits&&mayHold(place,wanted)&&score(one,words);if(points){number++;(best[points]=best[points]||[]).push(one)}});
for(var list=[];best.length&&list.length<30;)list=list.concat(best.pop()||[]);
list.slice(0,30).forEach(function(one){var li=document.createElement('li'),link=text(li,'a',one[1]);link.href=one[0]+'.html';if(one[3])text(li,'span',one[3].split(' · ')[0],'sub mut');shown.appendChild(li)});
}
hits.textContent='';hits.appendChild(shown);
var all=words.length?number:count;
found.textContent=all<0?'':all===1?'1 segment':all+' segments';
clearTimeout(later);later=setTimeout(remember,200);
}
function remember(){
var state=new URLSearchParams();
names.concat('tag','q').forEach(function(name){if(value(name))state.set(name,value(name))});
try{history.replaceState(null,'',(state.toString()?'?'+state:location.pathname)+location.hash)}catch(e){}
}
new URLSearchParams(location.search).forEach(function(text,name){var box=document.getElementById(name);if(box&&form.contains(box))box.value=text});
form.hidden=false;form.addEventListener('input',show);form.addEventListener('submit',function(e){e.preventDefault();var first=hits.querySelector('a');if(first)first.click()});
document.addEventListener('keydown',function(e){if(e.key==='/'&&!/INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName)){e.preventDefault();field.focus()}if(e.key==='Escape'&&document.activeElement===field){field.value='';show()}});
show()})();
