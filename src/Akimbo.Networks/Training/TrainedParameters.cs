namespace Akimbo.Networks.Training;

/// <summary>Which parameters of a network are trained, and the buffers that count its batches.</summary>
internal sealed class TrainedParameters
{
    private readonly Dictionary<Parameter, TrainedParameter> _byParameter = [];
    private readonly Dictionary<string, Parameter> _byName;

    public TrainedParameters(Network network, Graph graph, TrainingOptions options)
    {
        int[] uses = graph.CountUses();
        var used = graph.Values.Where(value => uses[value.Index] > 0).SelectMany(value => value.Operation.Parameters).ToHashSet();
        All = [.. network.Parameters.Where(parameter => used.Contains(parameter) && !parameter.IsBuffer && !options.IsFrozen(parameter.Name)).Select(parameter => new TrainedParameter(parameter))];
        foreach (var trained in All) _byParameter.Add(trained.Parameter, trained);
        _byName = network.Parameters.ToDictionary(parameter => parameter.Name);
    }

    /// <summary>All of them, in the network's order.</summary>
    public IReadOnlyList<TrainedParameter> All { get; }

    /// <summary>A parameter's gradient, or null where it is not trained.</summary>
    public TrainedParameter? Of(Parameter? parameter) => parameter is null ? null : _byParameter.GetValueOrDefault(parameter);

    /// <summary>The buffer in which a BatchNorm counts batches, or null.</summary>
    public Parameter? BatchCounter(string layer) => _byName.GetValueOrDefault($"{layer}.num_batches_tracked");
}
