using Akimbo.Networks.Training;
using Akimbo.Networks.Training.Optimizers;
using Akimbo.Training.Recipes;

namespace Akimbo.Training;

/// <summary>Makes the optimizer that a recipe describes.</summary>
internal static class OptimizerFactory
{
    /// <exception cref="ArgumentException">A part with a learning rate of its own has no parameters.</exception>
    public static Optimizer Create(Recipe recipe, IReadOnlyList<TrainedParameter> parameters)
    {
        List<ParameterGroup> groups = GroupsOf(recipe, parameters);
        OptimizerRecipe settings = recipe.Optimizer;
        return settings switch
        {
            SgdRecipe sgd => new Sgd(groups, new SgdOptions
            {
                LearningRate = sgd.LearningRate,
                Momentum = sgd.Momentum,
                Nesterov = sgd.Nesterov,
                WeightDecay = sgd.WeightDecay,
            }),
            RmsPropRecipe rms => new RmsProp(groups, new RmsPropOptions
            {
                LearningRate = rms.LearningRate,
                Alpha = rms.Alpha,
                Eps = rms.Epsilon,
                Momentum = rms.Momentum,
                WeightDecay = rms.WeightDecay,
            }),
            AdamRecipe adam => Adam(groups, adam, adam.Beta1, adam.Beta2, adam.Epsilon, decouples: false),
            AdamWRecipe adamw => Adam(groups, adamw, adamw.Beta1, adamw.Beta2, adamw.Epsilon, decouples: true),
            _ => throw new ArgumentException($"There is no optimizer {settings.GetType().Name}.", nameof(recipe)),
        };
    }

    private static Adam Adam(List<ParameterGroup> groups, OptimizerRecipe settings, double beta1, double beta2, double epsilon, bool decouples) => new(groups, new AdamOptions
    {
        LearningRate = settings.LearningRate,
        WeightDecay = settings.WeightDecay,
        Beta1 = beta1,
        Beta2 = beta2,
        Eps = epsilon,
        DecouplesWeightDecay = decouples,
    });

    /// <summary>A group for each part with a factor of its own, the longest names first; the rest is a group without.</summary>
    private static List<ParameterGroup> GroupsOf(Recipe recipe, IReadOnlyList<TrainedParameter> parameters)
    {
        var rest = parameters.ToList();
        var groups = new List<ParameterGroup>();
        foreach (var (part, factor) in recipe.LearningRateFactors.OrderByDescending(entry => entry.Key.Length).ThenBy(entry => entry.Key, StringComparer.Ordinal))
        {
            TrainedParameter[] own = [.. rest.Where(parameter => parameter.Parameter.IsIn(part))];
            if (own.Length == 0) throw new ArgumentException($"learningRateFactors.{part}: the network has no trained parameter of that part.", nameof(recipe));
            groups.Add(new ParameterGroup(own) { LearningRateFactor = factor });
            rest.RemoveAll(own.Contains);
        }

        if (rest.Count > 0) groups.Add(new ParameterGroup(rest));
        return groups;
    }
}
