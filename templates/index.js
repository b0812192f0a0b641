/* Search and filters of the front page. The words to search lie in search_index.js; the state lies in the address. */
(function(){
var index=window.MICROSEG_INDEX||[],form=document.getElementById('find'),field=document.getElementById('q'),hits=document.getElementById('hits'),tree=document.getElementById('tree'),found=document.getElementById('found');
var names=['level','status','focus','owner'],items=[].slice.call(tree.querySelectorAll('li')),known={};
function fold(text){return text.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g,'')}
index.forEach(function(one){one.f=one.slice(1).map(fold)});
items.forEach(function(li){known[li.id.slice(8)]=li});
function value(id){var box=document.getElementById(id);return box?box.value:''}
function fits(li){
var have=li.dataset.f.split('|'),tag=value('tag');
return names.every(function(name,i){var want=value(name);return!want||have[i]===want})&&(!tag||li.dataset.t.split('|').indexOf(tag)>=0);
}
function score(one,words){
var total=0;
for(var w=0;w<words.length;w++){var best=0;for(var i=0;i<one.f.length;i++){var at=one.f[i].indexOf(words[w]);if(at>=0){var first=at===0||/[^\p{L}\p{N}]/u.test(one.f[i][at-1]);best=Math.max(best,(8-2*i)*(first?2:1))}}if(!best)return 0;total+=best}
return total;
}
function filter(){
var on=names.concat('tag').some(value),count=0;
items.slice().reverse().forEach(function(li){var below=li.querySelector('li:not([hidden])'),own=fits(li);if(own)count++;li.hidden=on&&!own&&!below});
return on?count:-1;
}
function text(parent,tag,words,name){var made=document.createElement(tag);made.textContent=words;if(name)made.className=name;parent.appendChild(made);return made}
function show(){
var words=fold(field.value).split(/\s+/).filter(Boolean),count=filter();
hits.textContent='';tree.hidden=words.length>0;
if(words.length){
var list=index.map(function(one){return[score(one,words),one]}).filter(function(pair){return pair[0]&&known[pair[1][0]]&&fits(known[pair[1][0]])}).sort(function(a,b){return b[0]-a[0]});
count=list.length;
list.slice(0,50).forEach(function(pair){var one=pair[1],li=document.createElement('li'),link=text(li,'a',one[1]);link.href=one[0]+'.html';if(one[3])text(li,'span',one[3].split(' · ')[0],'sub mut');hits.appendChild(li)});
}
found.textContent=count<0?'':count===1?'1 segment':count+' segments';
var state=new URLSearchParams();
names.concat('tag','q').forEach(function(name){if(value(name))state.set(name,value(name))});
try{history.replaceState(null,'',(state.toString()?'?'+state:location.pathname)+location.hash)}catch(e){}
}
new URLSearchParams(location.search).forEach(function(text,name){var box=document.getElementById(name);if(box&&form.contains(box))box.value=text});
form.hidden=false;form.addEventListener('input',show);form.addEventListener('submit',function(e){e.preventDefault();var first=hits.querySelector('a');if(first)first.click()});
document.addEventListener('keydown',function(e){if(e.key==='/'&&!/INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName)){e.preventDefault();field.focus()}if(e.key==='Escape'&&document.activeElement===field){field.value='';show()}});
show()})();
