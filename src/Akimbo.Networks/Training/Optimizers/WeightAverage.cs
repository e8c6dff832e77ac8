using Akimbo.Tensors;

namespace Akimbo.Networks.Training.Optimizers;

/// <summary>
/// The exponential moving average of a network's parameters, which often scores better than the parameters themselves:
/// <c>average = decay · average + (1 − decay) · value</c>. Buffers are copied.
/// </summary>
public sealed class WeightAverage
{
    private readonly Dictionary<string, Tensor> _values = [];
    private readonly Network _network;
    private readonly double _decay;

    /// <summary>Begins an average with the network's present values.</summary>
    /// <param name="network">The network.</param>
    /// <param name="decay">What is kept of the average in every update, from 0 to below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The decay is out of its range.</exception>
    public WeightAverage(Network network, double decay)
    {
        if (!(decay is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(decay), decay, "The decay of an average must be from 0 to below 1.");
        _network = network;
        _decay = decay;
        foreach (var parameter in network.Parameters.Where(parameter => parameter.HasValue))
        {
            var copy = _values[parameter.Name] = new Tensor(parameter.Shape);
            parameter.Value.Span.CopyTo(copy.Span);
        }
    }

    /// <summary>The averages by the parameters' names; tensors are live.</summary>
    public IReadOnlyDictionary<string, Tensor> Values => _values;

    /// <summary>Takes the network's present values in.</summary>
    public void Update()
    {
        foreach (var parameter in _network.Parameters)
        {
            if (!_values.TryGetValue(parameter.Name, out var average)) continue;
            Span<float> kept = average.Span;
            ReadOnlySpan<float> values = parameter.Value.Span;
            if (parameter.IsBuffer)
            {
                values.CopyTo(kept);
                continue;
            }

            float decay = (float)_decay, rest = (float)(1 - _decay);
            for (int i = 0; i < kept.Length; i++) kept[i] = decay * kept[i] + rest * values[i];
        }
    }

    /// <summary>Swaps the averages with the network's values: once to try or save the averages, once more to go on.</summary>
    public void Swap()
    {
        foreach (var parameter in _network.Parameters)
        {
            if (!_values.TryGetValue(parameter.Name, out var average)) continue;
            Span<float> kept = average.Span, values = parameter.Value.Span;
            for (int i = 0; i < kept.Length; i++) (kept[i], values[i]) = (values[i], kept[i]);
        }
    }
}
