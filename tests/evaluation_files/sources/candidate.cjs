// A made-up candidate for promptfoo: it answers from a table, with made-up tokens and costs.
const ANSWERS = { two: '2', three: '3', four: '5', eight: '8' };

module.exports = class {
  id() {
    return 'candidate-b';
  }

  async callApi(prompt) {
    const word = prompt.trim().split(' ').pop();
    if (word === 'seven') return { error: 'the made-up service is overloaded' };
    await new Promise((done) => setTimeout(done, 5));
    // As a provider does that finds the answer in promptfoo's cache.
    if (word === 'eight') {
      return { output: ANSWERS[word], cached: true, tokenUsage: { cached: 40, total: 40 } };
    }
    return {
      output: ANSWERS[word] ?? 'I do not know',
      tokenUsage: { total: 40, prompt: 30, completion: 10, cached: 0, numRequests: 1 },
      cost: 0.000125,
    };
  }
};
